-- AlterEnum
ALTER TYPE "run_source_status" ADD VALUE 'not_due' BEFORE 'failed';

-- CreateEnum
CREATE TYPE "item_presence" AS ENUM ('gone', 'returned');

-- AlterTable
ALTER TABLE "run_source" ADD COLUMN     "come_back_at" TIMESTAMPTZ(3),
ADD COLUMN     "gone_count" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "item" ADD COLUMN     "gone_at" TIMESTAMPTZ(3),
ADD COLUMN     "gone_run_id" UUID;

-- AlterTable
ALTER TABLE "item_change" ADD COLUMN     "presence" "item_presence";

-- CreateTable
CREATE TABLE "source_reading" (
    "org_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "read_as" TEXT NOT NULL,
    "pages" JSONB,
    "whole_read_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "hints" JSONB NOT NULL,

    CONSTRAINT "source_reading_pkey" PRIMARY KEY ("org_id","source_id")
);

-- CreateIndex
CREATE INDEX "item_there" ON "item"("org_id", "source_id") WHERE (gone_at IS NULL);

-- CreateIndex
CREATE INDEX "item_gone" ON "item"("org_id", "gone_run_id") WHERE (gone_run_id IS NOT NULL);

-- AddForeignKey
ALTER TABLE "source_reading" ADD CONSTRAINT "source_reading_org_id_source_id_fkey" FOREIGN KEY ("org_id", "source_id") REFERENCES "source"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- row-level security
ALTER TABLE "source_reading" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "source_reading" AS PERMISSIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
CREATE POLICY tenant_only ON "source_reading" AS RESTRICTIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
