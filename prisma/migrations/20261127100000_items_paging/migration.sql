-- A source's items in the order of the list: one that has not brought anything for long is not found behind all the others.
-- CreateIndex
CREATE INDEX "item_of_source" ON "item"("org_id", "source_id", "last_changed_at" DESC, "id" DESC);

-- What few items are is found by what they are, and not by going through all.
-- CreateIndex
CREATE INDEX "item_published" ON "item"("org_id", "published_at") WHERE (published_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "item_changed" ON "item"("org_id", "source_id") WHERE (gone_at IS NULL AND last_changed_run_id <> first_seen_run_id);

-- CreateIndex
CREATE INDEX "item_not_there" ON "item"("org_id", "source_id") WHERE (gone_at IS NOT NULL);
