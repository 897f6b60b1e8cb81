-- CreateEnum
CREATE TYPE "item_export_status" AS ENUM ('queued', 'running', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "item_export" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "query" JSONB NOT NULL,
    "status" "item_export_status" NOT NULL DEFAULT 'queued',
    "file_name" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "total" INTEGER,
    "items_done" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "message" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lease_token" UUID,
    "lease_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "item_export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_export_chunk" (
    "org_id" UUID NOT NULL,
    "export_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "item_export_chunk_pkey" PRIMARY KEY ("org_id","export_id","number")
);

-- CreateTable
CREATE TABLE "item_link" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "item_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "item_export_org_id_id_key" ON "item_export"("org_id", "id");

-- CreateIndex
CREATE INDEX "item_export_org_id_created_at_id_idx" ON "item_export"("org_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "item_link_org_id_created_at_id_idx" ON "item_link"("org_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "item_export" ADD CONSTRAINT "item_export_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_export_chunk" ADD CONSTRAINT "item_export_chunk_org_id_export_id_fkey" FOREIGN KEY ("org_id", "export_id") REFERENCES "item_export"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_link" ADD CONSTRAINT "item_link_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- row-level security
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['item_export', 'item_export_chunk', 'item_link'] LOOP
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
-- A file is complete or there is none.
ALTER TABLE "item_export"
  ADD CONSTRAINT item_export_done CHECK ((status = 'done') = (sha256 IS NOT NULL AND expires_at IS NOT NULL));
