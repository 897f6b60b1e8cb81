-- CreateEnum
CREATE TYPE "channel_kind" AS ENUM ('email', 'webhook', 'slack', 'ntfy');

-- CreateEnum
CREATE TYPE "digest" AS ENUM ('at_once', 'hourly', 'daily');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('waiting', 'queued', 'retrying', 'delivered', 'failed', 'cancelled');

-- AlterTable
ALTER TABLE "installation" ADD COLUMN "scheduler_seen_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "notification_channel" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "channel_kind" NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "recipients" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "address" TEXT,
    "sealed_secret" TEXT,
    "sealed_old_secret" TEXT,
    "old_secret_until" TIMESTAMPTZ(3),
    "digest" "digest" NOT NULL DEFAULT 'at_once',
    "digest_minute" SMALLINT NOT NULL DEFAULT 480,
    "quiet_from_minute" SMALLINT,
    "quiet_until_minute" SMALLINT,
    "time_zone" TEXT NOT NULL,
    "last_delivered_at" TIMESTAMPTZ(3),
    "last_failed_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "consecutive_failures" INTEGER NOT NULL DEFAULT 0,
    "disabled_reason" TEXT,
    "rest_until" TIMESTAMPTZ(3),
    "holder" UUID,
    "held_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_rule" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "threshold" INTEGER,
    "view_id" UUID,
    "recovery" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_rule_channel" (
    "org_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,

    CONSTRAINT "notification_rule_channel_pkey" PRIMARY KEY ("org_id","rule_id","channel_id")
);

-- CreateTable
CREATE TABLE "notification_event" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "notification_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_alert" (
    "org_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "good_in_row" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "notification_alert_pkey" PRIMARY KEY ("org_id","rule_id","subject")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "data" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "channel_id" UUID NOT NULL,
    "is_test" BOOLEAN NOT NULL DEFAULT false,
    "status" "delivery_status" NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_notice" (
    "org_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,

    CONSTRAINT "delivery_notice_pkey" PRIMARY KEY ("org_id","delivery_id","notice_id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "org_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "duration_ms" INTEGER NOT NULL,
    "http_status" INTEGER,
    "answer" TEXT,
    "error" TEXT,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("org_id","delivery_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "notification_channel_org_id_id_key" ON "notification_channel"("org_id", "id");

-- CreateIndex
CREATE INDEX "notification_rule_event" ON "notification_rule"("org_id", "event") WHERE (enabled);

-- CreateIndex
CREATE UNIQUE INDEX "notification_rule_org_id_id_key" ON "notification_rule"("org_id", "id");

-- CreateIndex
CREATE INDEX "notification_rule_channel_org_id_channel_id_idx" ON "notification_rule_channel"("org_id", "channel_id");

-- CreateIndex
CREATE INDEX "notification_event_org_id_id_idx" ON "notification_event"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_event_org_id_kind_subject_key" ON "notification_event"("org_id", "kind", "subject");

-- CreateIndex
CREATE INDEX "notice_org_id_type_at_idx" ON "notice"("org_id", "type", "at" DESC);

-- CreateIndex
CREATE INDEX "notice_at" ON "notice" USING BRIN ("at");

-- CreateIndex
CREATE UNIQUE INDEX "notice_org_id_id_key" ON "notice"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_org_id_rule_id_subject_key" ON "notice"("org_id", "rule_id", "subject");

-- CreateIndex
CREATE INDEX "delivery_org_id_number_idx" ON "delivery"("org_id", "number" DESC);

-- CreateIndex
CREATE INDEX "delivery_org_id_channel_id_number_idx" ON "delivery"("org_id", "channel_id", "number" DESC);

-- CreateIndex
CREATE INDEX "delivery_due" ON "delivery"("due_at") WHERE (status = 'waiting' OR status = 'queued' OR status = 'retrying');

-- CreateIndex
CREATE INDEX "delivery_open" ON "delivery"("org_id", "channel_id", "due_at") WHERE (status = 'waiting' OR status = 'queued' OR status = 'retrying');

-- CreateIndex
CREATE INDEX "delivery_created_at" ON "delivery" USING BRIN ("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_org_id_id_key" ON "delivery"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_one_gathering" ON "delivery"("org_id", "channel_id") WHERE (status = 'waiting');

-- CreateIndex
CREATE INDEX "delivery_notice_org_id_notice_id_idx" ON "delivery_notice"("org_id", "notice_id");

-- AddForeignKey
ALTER TABLE "notification_channel" ADD CONSTRAINT "notification_channel_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_rule" ADD CONSTRAINT "notification_rule_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_rule_channel" ADD CONSTRAINT "notification_rule_channel_org_id_rule_id_fkey" FOREIGN KEY ("org_id", "rule_id") REFERENCES "notification_rule"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_rule_channel" ADD CONSTRAINT "notification_rule_channel_org_id_channel_id_fkey" FOREIGN KEY ("org_id", "channel_id") REFERENCES "notification_channel"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_event" ADD CONSTRAINT "notification_event_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_alert" ADD CONSTRAINT "notification_alert_org_id_rule_id_fkey" FOREIGN KEY ("org_id", "rule_id") REFERENCES "notification_rule"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_org_id_channel_id_fkey" FOREIGN KEY ("org_id", "channel_id") REFERENCES "notification_channel"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_notice" ADD CONSTRAINT "delivery_notice_org_id_delivery_id_fkey" FOREIGN KEY ("org_id", "delivery_id") REFERENCES "delivery"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_notice" ADD CONSTRAINT "delivery_notice_org_id_notice_id_fkey" FOREIGN KEY ("org_id", "notice_id") REFERENCES "notice"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_org_id_delivery_id_fkey" FOREIGN KEY ("org_id", "delivery_id") REFERENCES "delivery"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- row-level security
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['notification_channel', 'notification_rule', 'notification_rule_channel', 'notification_event', 'notification_alert',
    'notice', 'delivery', 'delivery_notice', 'delivery_attempt'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I AS PERMISSIVE
      USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
      WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I AS RESTRICTIVE
      USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
      WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))', t);
  END LOOP;
END
$$;

-- ---------------------------------------------------------------- rules that hold whoever writes
-- Nothing is stored that was not sealed: version, key id, nonce, ciphertext.
ALTER TABLE "notification_channel"
  ADD CONSTRAINT notification_channel_secret CHECK (sealed_secret ~ '^v1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$'),
  ADD CONSTRAINT notification_channel_old_secret CHECK (sealed_old_secret ~ '^v1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$'),
  ADD CONSTRAINT notification_channel_secret_due CHECK (sealed_secret IS NOT NULL OR kind IN ('email', 'ntfy') OR NOT enabled),
  ADD CONSTRAINT notification_channel_minutes CHECK (digest_minute BETWEEN 0 AND 1439
    AND coalesce(quiet_from_minute, 0) BETWEEN 0 AND 1439 AND coalesce(quiet_until_minute, 0) BETWEEN 0 AND 1439
    AND (quiet_from_minute IS NULL) = (quiet_until_minute IS NULL));
-- What has an end has ended, and what has none has not.
ALTER TABLE "delivery"
  ADD CONSTRAINT delivery_end CHECK ((finished_at IS NOT NULL) = (status IN ('delivered', 'failed', 'cancelled')));
ALTER TABLE "delivery_attempt" ADD CONSTRAINT delivery_attempt_number CHECK (number > 0);
