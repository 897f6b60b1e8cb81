-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN "address" TEXT,
ADD COLUMN "api_key_prefix" TEXT;

-- CreateTable
CREATE TABLE "schedule_version" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "cron_expression" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "preset_id" UUID,
    "preset_name" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "missed_policy" "missed_policy" NOT NULL,
    "run_limit_ms" INTEGER,
    "spread_ms" INTEGER NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),
    "pause_note" TEXT,
    "skip_slot_at" TIMESTAMPTZ(3),
    "changed_by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_address" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "replaced_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_org_id_actor_id_at_id_idx" ON "audit_entry"("org_id", "actor_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "schedule_version_org_id_id_idx" ON "schedule_version"("org_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "schedule_version_org_id_schedule_id_version_key" ON "schedule_version"("org_id", "schedule_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_hash_key" ON "api_key"("key_hash");

-- CreateIndex
CREATE INDEX "api_key_org_id_created_at_id_idx" ON "api_key"("org_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "schedule_version" ADD CONSTRAINT "schedule_version_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- what is there already
-- Row-level security is forced, for the owner too.
SELECT set_config('app.scope', 'system', true);

-- From here on a schedule's history begins with what it is now.
INSERT INTO "schedule_version" (org_id, schedule_id, version, cron_expression, time_zone, preset_id, preset_name, enabled, missed_policy,
    run_limit_ms, spread_ms, paused_at, paused_until, pause_note, skip_slot_at, changed_by_id, at)
  SELECT s.org_id, s.id, s.version, s.cron_expression, s.time_zone, s.preset_id, p.name, s.enabled, s.missed_policy,
    s.run_limit_ms, s.spread_ms, s.paused_at, s.paused_until, s.pause_note, s.skip_slot_at, s.updated_by_id, s.updated_at
  FROM "schedule" s LEFT JOIN "preset" p ON p.org_id = s.org_id AND p.id = s.preset_id;

-- The audit names presets. Where one is gone, its name is not known any more.
UPDATE "audit_entry" a SET changes = (changes - 'presetId') || jsonb_build_object('preset', jsonb_build_object(
    'from', (SELECT CASE WHEN side.id IS NULL THEN NULL ELSE coalesce((SELECT p.name FROM "preset" p WHERE p.org_id = a.org_id AND p.id::text = side.id), 'a preset that is deleted') END
             FROM (SELECT a.changes #>> '{presetId,from}' AS id) AS side),
    'to', (SELECT CASE WHEN side.id IS NULL THEN NULL ELSE coalesce((SELECT p.name FROM "preset" p WHERE p.org_id = a.org_id AND p.id::text = side.id), 'a preset that is deleted') END
           FROM (SELECT a.changes #>> '{presetId,to}' AS id) AS side)))
  WHERE changes ? 'presetId';

-- ---------------------------------------------------------------- row-level security
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['schedule_version', 'api_key'] LOOP
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

-- ---------------------------------------------------------------- the audit is append-only, for its owner too
-- An entry goes with its organization and never without it: the foreign key's cascade comes after the organization's row is gone. Who
-- can see an entry can see its organization (their policies ask the same), so a hidden one is not taken for a deleted one.
CREATE FUNCTION "app"."keep_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT 1 FROM public.organization o WHERE o.id = OLD.org_id) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'The audit is append-only: entries are neither changed nor deleted.' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "app"."keep_audit"();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "app"."keep_audit"();
-- In sessions that leave out ordinary triggers, too.
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER audit_is_kept;
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER audit_is_not_emptied;

-- ---------------------------------------------------------------- rules that hold whoever writes
ALTER TABLE "api_key"
  ADD CONSTRAINT api_key_scopes CHECK (cardinality(scopes) > 0),
  ADD CONSTRAINT api_key_hash CHECK (key_hash ~ '^[0-9a-f]{64}$');
