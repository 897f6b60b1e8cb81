-- What few items are is found by what they are, and not by going through all.
-- CreateIndex
CREATE INDEX "item_published" ON "item"("org_id", "published_at") WHERE (published_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "item_changed" ON "item"("org_id", "source_id") WHERE (gone_at IS NULL AND last_changed_run_id <> first_seen_run_id);

-- CreateIndex
CREATE INDEX "item_not_there" ON "item"("org_id", "source_id") WHERE (gone_at IS NOT NULL);
