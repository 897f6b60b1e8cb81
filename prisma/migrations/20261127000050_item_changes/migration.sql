-- CreateTable
CREATE TABLE "item_change" (
    "org_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "item_id" BIGINT NOT NULL,
    "source_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fields" JSONB NOT NULL,
    "more_fields" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "item_change_pkey" PRIMARY KEY ("org_id","run_id","item_id")
);

-- CreateIndex
CREATE INDEX "item_change_org_id_item_id_at_idx" ON "item_change"("org_id", "item_id", "at" DESC);

-- CreateIndex
CREATE INDEX "item_change_org_id_source_id_idx" ON "item_change"("org_id", "source_id");

-- AddForeignKey
ALTER TABLE "item_change" ADD CONSTRAINT "item_change_org_id_run_id_fkey" FOREIGN KEY ("org_id", "run_id") REFERENCES "run"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_change" ADD CONSTRAINT "item_change_org_id_source_id_fkey" FOREIGN KEY ("org_id", "source_id") REFERENCES "source"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- row-level security
ALTER TABLE "item_change" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "item_change" AS PERMISSIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
CREATE POLICY tenant_only ON "item_change" AS RESTRICTIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
