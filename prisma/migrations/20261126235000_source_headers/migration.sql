-- AlterTable
ALTER TABLE "installation" ADD COLUMN "key_check" TEXT;

-- AlterTable
ALTER TABLE "source_test" ADD COLUMN "sealed_headers" TEXT;

-- CreateTable
CREATE TABLE "source_header" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "sealed_value" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by_id" UUID,

    CONSTRAINT "source_header_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "source_header_org_id_source_id_name_key" ON "source_header"("org_id", "source_id", "name");

-- AddForeignKey
ALTER TABLE "source_header" ADD CONSTRAINT "source_header_org_id_source_id_fkey" FOREIGN KEY ("org_id", "source_id") REFERENCES "source"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- row-level security
ALTER TABLE "source_header" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "source_header" AS PERMISSIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));
CREATE POLICY tenant_only ON "source_header" AS RESTRICTIVE
  USING (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()))
  WITH CHECK (org_id = (SELECT app.current_org()) OR (SELECT app.is_system()));

-- ---------------------------------------------------------------- rules that hold whoever writes
-- Nothing is stored that was not sealed: version, key id, nonce, ciphertext.
ALTER TABLE "source_header" ADD CONSTRAINT source_header_sealed CHECK (sealed_value ~ '^v1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$');
ALTER TABLE "source_test" ADD CONSTRAINT source_test_sealed CHECK (sealed_headers ~ '^v1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$');
