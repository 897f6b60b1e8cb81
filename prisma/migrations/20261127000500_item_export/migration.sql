-- An export goes through an organization's items by id: what changes meanwhile keeps its place, so each item comes once.
CREATE INDEX "item_org_id_id_idx" ON "item"("org_id", "id");
