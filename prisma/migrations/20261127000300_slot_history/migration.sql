-- AlterTable
ALTER TABLE "heartbeat" ADD COLUMN     "disk_free_bytes" DOUBLE PRECISION,
ADD COLUMN     "disk_total_bytes" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "new_count" INTEGER NOT NULL DEFAULT 0;

-- What went wrong lately, without going through all that went well.
CREATE INDEX "run_incidents" ON "run"("queued_at") WHERE (status = 'missed' OR status = 'abandoned' OR crash_count > 0);
