-- AlterTable
ALTER TABLE "preset_source" ADD COLUMN     "enabled" BOOLEAN NOT NULL DEFAULT true;

-- The latest collections of each source, without going through all of them.
DROP INDEX "run_source_org_id_source_id_idx";
CREATE INDEX "run_source_org_id_source_id_finished_at_idx" ON "run_source"("org_id", "source_id", "finished_at" DESC);
