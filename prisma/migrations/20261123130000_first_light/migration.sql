-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "source_kind" AS ENUM ('feed', 'json_api', 'html_page');

-- CreateEnum
CREATE TYPE "missed_policy" AS ENUM ('run_once', 'skip');

-- CreateEnum
CREATE TYPE "run_trigger" AS ENUM ('schedule', 'person', 'api');

-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled', 'timed_out', 'abandoned', 'skipped', 'missed');

-- CreateEnum
CREATE TYPE "run_source_status" AS ENUM ('queued', 'fetching', 'succeeded', 'not_modified', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "active_organization_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "metadata" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "last_run_number" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT,
    "status" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "inviter_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "setup_token_hash" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "source_kind" NOT NULL,
    "url" TEXT NOT NULL,
    "config" JSON NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "etag" TEXT,
    "last_modified" TEXT,
    "last_success_at" TIMESTAMPTZ(3),
    "last_failure_at" TIMESTAMPTZ(3),
    "last_failure_message" TEXT,
    "consecutive_failures" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preset" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "preset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preset_source" (
    "org_id" UUID NOT NULL,
    "preset_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "preset_source_pkey" PRIMARY KEY ("org_id","preset_id","source_id")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "cron_expression" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "preset_id" UUID,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "missed_policy" "missed_policy" NOT NULL DEFAULT 'run_once',
    "grace_ms" INTEGER NOT NULL DEFAULT 3600000,
    "run_limit_ms" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "lower_bound_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_run_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "updated_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "trigger" "run_trigger" NOT NULL,
    "status" "run_status" NOT NULL,
    "schedule_id" UUID,
    "schedule_version" INTEGER,
    "slot_at" TIMESTAMPTZ(3),
    "lateness_ms" INTEGER,
    "span_start_at" TIMESTAMPTZ(3),
    "superseded_count" INTEGER NOT NULL DEFAULT 0,
    "missed_count" INTEGER NOT NULL DEFAULT 0,
    "blocking_run_id" UUID,
    "preset_id" UUID,
    "preset_name" TEXT,
    "started_by_id" UUID,
    "request_key" UUID,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "limit_ms" INTEGER NOT NULL,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "cancelled_by_id" UUID,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lease_token" UUID,
    "lease_expires_at" TIMESTAMPTZ(3),
    "worker_id" UUID,
    "message" TEXT,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_source" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "source_kind" NOT NULL,
    "url" TEXT NOT NULL,
    "status" "run_source_status" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "http_status" INTEGER,
    "wire_bytes" INTEGER,
    "new_count" INTEGER NOT NULL DEFAULT 0,
    "changed_count" INTEGER NOT NULL DEFAULT 0,
    "unchanged_count" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "message" TEXT,

    CONSTRAINT "run_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT,
    "url" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "fields" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "times_seen" INTEGER NOT NULL DEFAULT 1,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "first_seen_run_id" UUID NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_run_id" UUID NOT NULL,
    "last_changed_at" TIMESTAMPTZ(3) NOT NULL,
    "last_changed_run_id" UUID NOT NULL,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_test" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "definition" JSONB NOT NULL,
    "result" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "source_test_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_id" TEXT,
    "summary" TEXT NOT NULL,
    "changes" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "instance_id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "clock_skew_ms" INTEGER NOT NULL,
    "armed_wake_ups" INTEGER NOT NULL,
    "next_wake_up_at" TIMESTAMPTZ(3),
    "active_runs" INTEGER NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("instance_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_provider_id_account_id_key" ON "account"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_org_id_user_id_key" ON "member"("org_id", "user_id");

-- CreateIndex
CREATE INDEX "invitation_org_id_status_idx" ON "invitation"("org_id", "status");

-- CreateIndex
CREATE INDEX "invitation_email_idx" ON "invitation"("email");

-- CreateIndex
CREATE INDEX "source_org_id_name_idx" ON "source"("org_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "source_org_id_id_key" ON "source"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "preset_org_id_id_key" ON "preset"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "preset_org_id_name_key" ON "preset"("org_id", "name");

-- CreateIndex
CREATE INDEX "preset_source_org_id_source_id_idx" ON "preset_source"("org_id", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX "schedule_org_id_key" ON "schedule"("org_id");

-- CreateIndex
CREATE INDEX "schedule_due" ON "schedule"("next_run_at") WHERE (enabled AND next_run_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "run_org_id_queued_at_id_idx" ON "run"("org_id", "queued_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "run_lease" ON "run"("lease_expires_at") WHERE (status = 'running');

-- CreateIndex
CREATE UNIQUE INDEX "run_org_id_id_key" ON "run"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "run_org_id_number_key" ON "run"("org_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "run_one_per_slot" ON "run"("org_id", "schedule_id", "slot_at");

-- CreateIndex
CREATE UNIQUE INDEX "run_org_id_request_key_key" ON "run"("org_id", "request_key");

-- CreateIndex
CREATE UNIQUE INDEX "run_one_active_per_organization" ON "run"("org_id") WHERE (status = 'queued' OR status = 'running');

-- CreateIndex
CREATE INDEX "run_source_org_id_source_id_idx" ON "run_source"("org_id", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_source_org_id_run_id_source_id_key" ON "run_source"("org_id", "run_id", "source_id");

-- CreateIndex
CREATE INDEX "item_org_id_last_changed_at_id_idx" ON "item"("org_id", "last_changed_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "item_org_id_last_changed_run_id_idx" ON "item"("org_id", "last_changed_run_id");

-- CreateIndex
CREATE INDEX "item_org_id_first_seen_run_id_idx" ON "item"("org_id", "first_seen_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "item_org_id_source_id_key_key" ON "item"("org_id", "source_id", "key");

-- CreateIndex
CREATE INDEX "source_test_org_id_created_at_idx" ON "source_test"("org_id", "created_at");

-- CreateIndex
CREATE INDEX "audit_entry_org_id_at_id_idx" ON "audit_entry"("org_id", "at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_fkey" FOREIGN KEY ("inviter_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "preset" ADD CONSTRAINT "preset_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "preset_source" ADD CONSTRAINT "preset_source_org_id_preset_id_fkey" FOREIGN KEY ("org_id", "preset_id") REFERENCES "preset"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "preset_source" ADD CONSTRAINT "preset_source_org_id_source_id_fkey" FOREIGN KEY ("org_id", "source_id") REFERENCES "source"("org_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_org_id_preset_id_fkey" FOREIGN KEY ("org_id", "preset_id") REFERENCES "preset"("org_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_source" ADD CONSTRAINT "run_source_org_id_run_id_fkey" FOREIGN KEY ("org_id", "run_id") REFERENCES "run"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_org_id_source_id_fkey" FOREIGN KEY ("org_id", "source_id") REFERENCES "source"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_test" ADD CONSTRAINT "source_test_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- scope of a connection
-- A tenant transaction names its organization with set_config('app.org_id', …, true). The scheduler, the worker and
-- sign-in work across organizations on connections that were opened with app.scope = system. Neither: no rows.
CREATE SCHEMA "app";

CREATE FUNCTION "app"."current_org"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.org_id', true), '')::uuid $$;

CREATE FUNCTION "app"."is_system"() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('app.scope', true), '') = 'system' $$;

-- ---------------------------------------------------------------- liveness
-- A process holds the advisory lock of its id on one connection; the lock goes with the connection. Two 32-bit keys name it.
CREATE FUNCTION "app"."liveness_class"() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT 20118 $$;

CREATE FUNCTION "app"."liveness_key"(instance uuid) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT ('x' || left(replace(instance::text, '-', ''), 8))::bit(32)::integer $$;

CREATE FUNCTION "app"."is_alive"(instance uuid) RETURNS boolean LANGUAGE sql VOLATILE
  AS $$ SELECT EXISTS (
    SELECT 1 FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid::bigint = app.liveness_class()
      AND l.objid::bigint = (app.liveness_key(instance)::bigint & 4294967295)) $$;

-- Before row-level security is forced, which would keep it from an owner who is no superuser.
INSERT INTO "installation" (id) VALUES (1);

-- ---------------------------------------------------------------- row-level security
-- Forced, so that the owner of the tables is bound too; a permissive and a restrictive policy of the same test, so that
-- a policy added later can't widen what is seen. The sub-selects are evaluated once a statement, not once a row.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['member', 'invitation', 'source', 'preset', 'preset_source', 'schedule', 'run', 'run_source',
                           'item', 'source_test', 'audit_entry'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I AS PERMISSIVE
      USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
      WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I AS RESTRICTIVE
      USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
      WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))', t);
  END LOOP;

  FOREACH t IN ARRAY ARRAY['session', 'account', 'verification', 'rate_limit', 'installation'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system ON %I AS PERMISSIVE USING ((SELECT app.is_system())) WITH CHECK ((SELECT app.is_system()))', t);
    EXECUTE format('CREATE POLICY system_only ON %I AS RESTRICTIVE USING ((SELECT app.is_system())) WITH CHECK ((SELECT app.is_system()))', t);
  END LOOP;
END
$$;

ALTER TABLE "organization" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "organization" AS PERMISSIVE
  USING (id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (id = (SELECT app.current_org()) OR (SELECT app.is_system()));
CREATE POLICY tenant_only ON "organization" AS RESTRICTIVE
  USING (id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (id = (SELECT app.current_org()) OR (SELECT app.is_system()));

-- An organization sees the people in it; only sign-in writes them.
ALTER TABLE "user" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY colleagues ON "user" AS PERMISSIVE
  USING ((SELECT app.is_system())
    OR EXISTS (SELECT 1 FROM member m WHERE m.user_id = "user".id AND m.org_id = (SELECT app.current_org())))
  WITH CHECK ((SELECT app.is_system()));
CREATE POLICY colleagues_only ON "user" AS RESTRICTIVE
  USING ((SELECT app.is_system())
    OR EXISTS (SELECT 1 FROM member m WHERE m.user_id = "user".id AND m.org_id = (SELECT app.current_org())))
  WITH CHECK ((SELECT app.is_system()));

-- ---------------------------------------------------------------- rules that hold whoever writes
ALTER TABLE "installation" ADD CONSTRAINT installation_is_one CHECK (id = 1);
ALTER TABLE "schedule"
  ADD CONSTRAINT schedule_grace CHECK (grace_ms >= 0),
  ADD CONSTRAINT schedule_limit CHECK (run_limit_ms IS NULL OR run_limit_ms > 0),
  ADD CONSTRAINT schedule_version CHECK (version > 0);
ALTER TABLE "run"
  ADD CONSTRAINT run_slot CHECK ((trigger = 'schedule') = (slot_at IS NOT NULL AND schedule_id IS NOT NULL)),
  ADD CONSTRAINT run_lease_held CHECK (status <> 'running' OR (lease_token IS NOT NULL AND lease_expires_at IS NOT NULL)),
  ADD CONSTRAINT run_finished CHECK ((status IN ('queued', 'running')) = (finished_at IS NULL)),
  ADD CONSTRAINT run_counts CHECK (superseded_count >= 0 AND missed_count >= 0 AND limit_ms > 0);
