-- CreateTable
CREATE TABLE "host_turn" (
    "host" TEXT NOT NULL,
    "holder" UUID,
    "held_until" TIMESTAMPTZ(3),
    "open_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_until" TIMESTAMPTZ(3),
    "waiting" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "host_turn_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "robots_file" (
    "origin" TEXT NOT NULL,
    "text" TEXT,
    "read_at" TIMESTAMPTZ(3),
    "failure_code" TEXT,
    "failure_message" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "robots_file_pkey" PRIMARY KEY ("origin")
);

ALTER TABLE "host_turn"
  ADD CONSTRAINT host_turn_held CHECK ((holder IS NULL) = (held_until IS NULL));

ALTER TABLE "robots_file"
  ADD CONSTRAINT robots_file_read CHECK ((text IS NULL) = (read_at IS NULL)),
  ADD CONSTRAINT robots_file_failed CHECK ((failure_code IS NULL) = (failed_at IS NULL) AND (failure_code IS NULL) = (failure_message IS NULL));

-- They belong to no organization: whose request it is does not stand in them, and only the worker reads them.
ALTER TABLE "host_turn" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON "host_turn" AS PERMISSIVE USING ((SELECT app.is_system())) WITH CHECK ((SELECT app.is_system()));
CREATE POLICY system_only ON "host_turn" AS RESTRICTIVE USING ((SELECT app.is_system())) WITH CHECK ((SELECT app.is_system()));
ALTER TABLE "robots_file" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON "robots_file" AS PERMISSIVE USING ((SELECT app.is_system())) WITH CHECK ((SELECT app.is_system()));
CREATE POLICY system_only ON "robots_file" AS RESTRICTIVE USING ((SELECT app.is_system())) WITH CHECK ((SELECT app.is_system()));
