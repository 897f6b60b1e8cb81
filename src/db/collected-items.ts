import type { CollectedItem } from "@/domain/item";
import { MOST_CHANGED_ITEMS } from "@/domain/item-change";
import type { ItemCounts } from "@/domain/run-status";
import { findOutdated, recordChanges } from "./item-changes";
import type { Lease } from "./run-lease";
import type { Tx } from "./transaction";

/** An item with the hash of its content, ready to be stored. */
export interface HashedItem extends CollectedItem {
  contentHash: string;
}

/** Rows a statement: large enough to be fast, small enough that one statement's parameter stays in a few megabytes. */
const BATCH = 500;

/**
 * Stores the items of one source: new ones are inserted, known ones updated, told apart by their content hash; what changed about these is
 * kept, of up to 1,000 items. Doing it again for the same run changes nothing. Keys must be unique within `items`. Hold the lease in the same transaction.
 */
export async function saveItems(tx: Tx, lease: Lease, sourceId: string, items: readonly HashedItem[]): Promise<ItemCounts> {
  const counts = { newCount: 0, changedCount: 0, unchangedCount: 0 };
  let told = 0;
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    const most = MOST_CHANGED_ITEMS - told;
    const outdated = most > 0 ? await findOutdated(tx, lease.orgId, sourceId, batch) : [];
    for (const row of await upsert(tx, lease, sourceId, batch)) counts[`${row.outcome}Count`] += row.count;
    if (outdated.length > 0) told += await recordChanges(tx, lease, sourceId, { outdated, items: batch, most });
  }
  return counts;
}

async function upsert(tx: Tx, { orgId, runId }: Lease, sourceId: string, items: readonly HashedItem[]) {
  return tx.$queryRaw<{ outcome: "new" | "changed" | "unchanged"; count: number }[]>`
    with saved as (
      insert into item as stored (org_id, source_id, key, title, url, published_at, fields, content_hash,
        first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
      select ${orgId}::uuid, ${sourceId}::uuid, i.key, i.title, i.url, i."publishedAt", i.fields, i."contentHash",
        now(), ${runId}::uuid, now(), ${runId}::uuid, now(), ${runId}::uuid
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as i(key text, title text, url text, "publishedAt" timestamptz(3), fields jsonb, "contentHash" text)
      order by i.key
      on conflict (org_id, source_id, key) do update set
        title = excluded.title, url = excluded.url, published_at = excluded.published_at, fields = excluded.fields,
        times_seen = stored.times_seen + case when stored.last_seen_run_id = excluded.last_seen_run_id then 0 else 1 end,
        last_seen_at = excluded.last_seen_at, last_seen_run_id = excluded.last_seen_run_id,
        last_changed_at = case when stored.content_hash = excluded.content_hash then stored.last_changed_at else excluded.last_changed_at end,
        last_changed_run_id = case when stored.content_hash = excluded.content_hash then stored.last_changed_run_id else excluded.last_changed_run_id end,
        content_hash = excluded.content_hash
      returning case
        when stored.first_seen_run_id = ${runId}::uuid then 'new'
        when stored.last_changed_run_id = ${runId}::uuid then 'changed'
        else 'unchanged' end as outcome
    )
    select outcome, count(*)::int as count from saved group by outcome`;
}
