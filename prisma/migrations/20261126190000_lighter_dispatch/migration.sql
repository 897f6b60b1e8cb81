-- Every slot takes the next number from its organization's row. With room on its page, that touches no index.
ALTER TABLE "organization" SET (fillfactor = 80);

-- Only a run that a person or a program asked for has a request key; the others need no entry.
DROP INDEX "run_org_id_request_key_key";
CREATE UNIQUE INDEX "run_one_per_request" ON "run"("org_id", "request_key") WHERE (request_key IS NOT NULL);
