import type { CollectedItem } from "@/domain/item";
import { MOST_CHANGED_ITEMS } from "@/domain/item-change";
import { type ItemCounts, NO_ITEMS } from "@/domain/run-status";
import { Prisma } from "@/generated/prisma/client";
import { findOutdated, recordChanges } from "./item-changes";
import { keptPlan } from "./kept-plan";
import type { Lease } from "./run-lease";
import type { SqlTx } from "./transaction";

/** An item with the hash of its content, ready to be stored. */
export interface HashedItem extends CollectedItem {
  contentHash: string;
}

/** Rows a statement: large enough to be fast, small enough that one statement's parameter stays in a few megabytes. */
const BATCH = 500;

/**
 * Stores the items of one source: new ones are inserted, known ones updated, told apart by their content hash; what changed about these is
 * kept, of up to 1,000 items. An item that was gone and is here again counts as changed. Doing it again for the same run changes nothing.
 * Keys must be unique within `items`. Hold the lease in the same transaction.
 */
export async function saveItems(tx: SqlTx, lease: Lease, sourceId: string, items: readonly HashedItem[]): Promise<ItemCounts> {
  const counts = { ...NO_ITEMS };
  const count = (outcomes: readonly OutcomeCount[]) => {
    for (const { outcome, count } of outcomes) counts[`${outcome}Count`] += count;
  };
  let told = 0;
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    const { outcomes, known, unknown } = await touch(tx, lease, sourceId, batch);
    count(outcomes);
    const rest = pick(batch, [...known, ...unknown]);
    if (rest.length === 0) continue;
    const most = MOST_CHANGED_ITEMS - told;
    const outdated = most > 0 && known.length > 0 ? await findOutdated(tx, lease.orgId, sourceId, known) : [];
    count(await upsert(tx, lease, sourceId, rest));
    if (outdated.length > 0) told += await recordChanges(tx, lease, sourceId, { outdated, items: rest, most });
  }
  return counts;
}

interface OutcomeCount {
  outcome: "new" | "changed" | "unchanged";
  count: number;
}

function pick(items: readonly HashedItem[], keys: readonly string[]): readonly HashedItem[] {
  if (keys.length === items.length) return items;
  const wanted = new Set(keys);
  return items.filter(({ key }) => wanted.has(key));
}

/** What became of a stored item `stored`, whose row is as this run leaves it. */
const outcomeIn = (runId: string) => Prisma.sql`case
  when stored.first_seen_run_id = ${runId}::uuid then 'new'
  when stored.last_changed_run_id = ${runId}::uuid then 'changed'
  else 'unchanged' end`;

/**
 * Notes that the run has seen those items that are as they were, and tells which of the others are known. Of most items there is nothing more to be
 * written. As JSON, of which PostgreSQL expects a hundred: of an array that it does not know it expects ten, and compares each with each.
 */
async function touch(tx: SqlTx, { orgId, runId }: Lease, sourceId: string, items: readonly HashedItem[]) {
  const [row] = await tx.$queryRaw<[{ outcomes: OutcomeCount[]; known: string[]; unknown: string[] }]>`
    with collected as (
      select key, "contentHash" as content_hash
      from jsonb_to_recordset(${JSON.stringify(items.map(({ key, contentHash }) => ({ key, contentHash })))}::jsonb) as c(key text, "contentHash" text)
    ), touched as (
      update item as stored set last_seen_at = now(), last_seen_run_id = ${runId}::uuid,
        times_seen = stored.times_seen + case when stored.last_seen_run_id = ${runId}::uuid then 0 else 1 end
      from collected c
      where stored.org_id = ${orgId}::uuid and stored.source_id = ${sourceId}::uuid and stored.key = c.key
        and stored.content_hash = c.content_hash and stored.gone_at is null
      returning stored.key, ${outcomeIn(runId)} as outcome
    ), rest as (
      select c.key, exists (select 1 from item i where i.org_id = ${orgId}::uuid and i.source_id = ${sourceId}::uuid and i.key = c.key) as is_known
      from collected c where c.key not in (select key from touched)
    )
    select (select coalesce(json_agg(o), '[]') from (select outcome, count(*)::int as count from touched group by outcome) o) as outcomes,
      array(select key from rest where is_known) as known, array(select key from rest where not is_known) as unknown`;
  return row;
}

async function upsert(tx: SqlTx, { orgId, runId }: Lease, sourceId: string, items: readonly HashedItem[]) {
  return tx.$queryRaw<OutcomeCount[]>(keptPlan`
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
        last_changed_at = excluded.last_changed_at, last_changed_run_id = excluded.last_changed_run_id,
        gone_at = null, gone_run_id = null, content_hash = excluded.content_hash
      returning ${outcomeIn(runId)} as outcome
    )
    select outcome, count(*)::int as count from saved group by outcome`);
}
