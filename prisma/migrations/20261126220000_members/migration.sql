-- Row-level security is forced, for the owner too.
SELECT set_config('app.scope', 'system', true);
-- Nothing could make one until now, and one without a token could not be accepted.
DELETE FROM "invitation";

-- AlterTable
ALTER TABLE "member" ADD COLUMN "last_active_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "invitation" ADD COLUMN "accepted_by_id" UUID,
ADD COLUMN "token_hash" TEXT NOT NULL,
ALTER COLUMN "role" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_one_pending" ON "invitation"("org_id", "email") WHERE (status = 'pending');

ALTER TABLE "invitation"
  ADD CONSTRAINT invitation_status CHECK (status IN ('pending', 'accepted', 'revoked')),
  ADD CONSTRAINT invitation_accepted CHECK ((status = 'accepted') = (accepted_by_id IS NOT NULL)),
  ADD CONSTRAINT invitation_email CHECK (email = lower(email));
