-- AlterTable
ALTER TABLE "installation" ADD COLUMN "time_zone_data" TEXT;

-- AlterTable
ALTER TABLE "source" ADD COLUMN "crash_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "quarantined_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "schedule" ADD COLUMN "due_at" TIMESTAMPTZ(3),
ADD COLUMN "spread_ms" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "paused_at" TIMESTAMPTZ(3),
ADD COLUMN "paused_until" TIMESTAMPTZ(3),
ADD COLUMN "pause_note" TEXT,
ADD COLUMN "paused_by_id" UUID,
ADD COLUMN "resumed_at" TIMESTAMPTZ(3),
ADD COLUMN "skip_slot_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "run" ADD COLUMN "crash_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "retry_of_run_id" UUID;

-- AlterTable
ALTER TABLE "run_source" ADD COLUMN "retry_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "heartbeat" ADD COLUMN "roles" TEXT[] DEFAULT ARRAY['web', 'scheduler', 'worker']::TEXT[],
ADD COLUMN "hold_reason" TEXT;

-- Row-level security is forced, for the owner too.
SELECT set_config('app.scope', 'system', true);
UPDATE "schedule" SET "due_at" = "next_run_at";

-- DropIndex
DROP INDEX "schedule_due";

-- CreateIndex
CREATE INDEX "schedule_due" ON "schedule"("due_at") WHERE (enabled AND due_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "run_queued_at" ON "run" USING BRIN ("queued_at");

-- CreateIndex
CREATE INDEX "run_retries" ON "run"("org_id", "retry_of_run_id") WHERE (retry_of_run_id IS NOT NULL);

ALTER TABLE "schedule"
  ADD CONSTRAINT schedule_spread CHECK (spread_ms >= 0),
  ADD CONSTRAINT schedule_due_with_slot CHECK ((due_at IS NULL) = (next_run_at IS NULL)),
  ADD CONSTRAINT schedule_pause CHECK (paused_at IS NOT NULL OR (paused_until IS NULL AND pause_note IS NULL AND paused_by_id IS NULL));
