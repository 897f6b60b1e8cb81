-- Who has a mail, who is waited for, and who was refused it for good: those who have it are not sent it again.
-- CreateEnum
CREATE TYPE "recipient_state" AS ENUM ('waiting', 'refused', 'taken');

-- AlterTable
ALTER TABLE "delivery_attempt" ADD COLUMN "taken_count" INTEGER;

-- CreateTable
CREATE TABLE "delivery_recipient" (
    "org_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "state" "recipient_state" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "answer" TEXT,
    "error" TEXT,

    CONSTRAINT "delivery_recipient_pkey" PRIMARY KEY ("org_id","delivery_id","address")
);

-- AddForeignKey
ALTER TABLE "delivery_recipient" ADD CONSTRAINT "delivery_recipient_org_id_delivery_id_fkey" FOREIGN KEY ("org_id", "delivery_id") REFERENCES "delivery"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- row-level security
ALTER TABLE "delivery_recipient" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "delivery_recipient" AS PERMISSIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
CREATE POLICY tenant_only ON "delivery_recipient" AS RESTRICTIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
