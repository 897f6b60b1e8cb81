-- AlterTable
ALTER TABLE "heartbeat" ADD COLUMN     "disk_free_bytes" DOUBLE PRECISION,
ADD COLUMN     "disk_total_bytes" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "new_count" INTEGER NOT NULL DEFAULT 0;

-- What went wrong lately, without going through all that went well.
CREATE INDEX "run_incidents" ON "run"("queued_at") WHERE (status = 'missed' OR status = 'abandoned' OR crash_count > 0);

-- ---------------------------------------------------------------- what is there already
-- Row-level security is forced, for the owner too.
SELECT set_config('app.scope', 'system', true);

UPDATE "run" r SET new_count = totals.new_count
  FROM (SELECT org_id, run_id, sum(new_count) AS new_count FROM "run_source" GROUP BY org_id, run_id) AS totals
  WHERE r.org_id = totals.org_id AND r.id = totals.run_id AND r.finished_at IS NOT NULL AND totals.new_count > 0;
