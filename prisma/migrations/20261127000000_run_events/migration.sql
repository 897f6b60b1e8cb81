-- CreateEnum
CREATE TYPE "run_event_level" AS ENUM ('info', 'warning', 'error');

-- AlterTable
ALTER TABLE "run_source" ADD COLUMN "retry_waits_ms" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN "waiting_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "run_event" (
    "org_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "level" "run_event_level" NOT NULL,
    "code" TEXT NOT NULL,
    "source_id" UUID,
    "message" TEXT NOT NULL,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("org_id","run_id","number")
);

-- AddForeignKey
ALTER TABLE "run_event" ADD CONSTRAINT "run_event_org_id_run_id_fkey" FOREIGN KEY ("org_id", "run_id") REFERENCES "run"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- row-level security
ALTER TABLE "run_event" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "run_event" AS PERMISSIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
CREATE POLICY tenant_only ON "run_event" AS RESTRICTIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));

-- ---------------------------------------------------------------- rules that hold whoever writes
-- 0 is the line that is read from the run itself: how it came to be.
ALTER TABLE "run_event" ADD CONSTRAINT run_event_number CHECK (number > 0);
