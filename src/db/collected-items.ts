import type { CollectedItem } from "@/domain/item";
import { MOST_CHANGED_ITEMS } from "@/domain/item-change";
import { type ItemCounts, NO_ITEMS } from "@/domain/run-status";
import { Prisma } from "@/generated/prisma/client";
import { findOutdated, type ItemKey, keyOf, recordChanges } from "./item-changes";
import type { RunNotice } from "./notify";
import type { Tx } from "./transaction";

/** An item with the hash of its content, ready to be stored. */
export interface HashedItem extends CollectedItem {
  contentHash: string;
}

/** What a run collected of one source. */
export interface CollectedItems {
  sourceId: string;
  /** Their keys are unique. */
  items: readonly HashedItem[];
}

/** Rows a statement: large enough to be fast, small enough that one statement's parameter stays in a few megabytes. */
const BATCH = 500;

/**
 * Stores the items of a run's sources: new ones are inserted, known ones updated, told apart by their content hash; what changed about these is
 * kept, of up to 1,000 items of a source. An item that was gone and is here again counts as changed. Doing it again for the same run
 * changes nothing. No source may be there twice. Hold the lease in the same transaction.
 * @returns What became of the items of each source, by its id.
 */
export async function saveItems(tx: Tx, run: RunNotice, lists: readonly CollectedItems[]): Promise<Map<string, ItemCounts>> {
  const counts = new Map(lists.map(({ sourceId }) => [sourceId, { ...NO_ITEMS }]));
  const count = (outcomes: readonly OutcomeCount[]) => {
    for (const { sourceId, outcome, count } of outcomes) {
      const sum = counts.get(sourceId);
      if (sum) sum[`${outcome}Count`] += count;
    }
  };
  const told = new Map<string, number>();
  const all = lists.flatMap(({ sourceId, items }) => items.map((item) => ({ ...item, sourceId })));
  for (let start = 0; start < all.length; start += BATCH) {
    const batch = all.slice(start, start + BATCH);
    const { outcomes, known, unknown } = await touch(tx, run, batch);
    count(outcomes);
    const rest = pick(batch, [...known, ...unknown]);
    if (rest.length === 0) continue;
    const toTell = known.filter(({ sourceId }) => (told.get(sourceId) ?? 0) < MOST_CHANGED_ITEMS);
    const outdated = toTell.length > 0 ? await findOutdated(tx, run.orgId, toTell) : [];
    count(await upsert(tx, run, rest));
    if (outdated.length > 0) await recordChanges(tx, run, { outdated, items: rest, told });
  }
  return counts;
}

type SourceItem = HashedItem & ItemKey;

interface OutcomeCount {
  sourceId: string;
  outcome: "new" | "changed" | "unchanged";
  count: number;
}

function pick(items: readonly SourceItem[], keys: readonly ItemKey[]): readonly SourceItem[] {
  if (keys.length === items.length) return items;
  const wanted = new Set(keys.map(keyOf));
  return items.filter((item) => wanted.has(keyOf(item)));
}

/** What became of a stored item `stored`, whose row is as its run leaves it. */
const OUTCOME = Prisma.sql`case
  when stored.first_seen_run_id = stored.last_seen_run_id then 'new'
  when stored.last_changed_run_id = stored.last_seen_run_id then 'changed'
  else 'unchanged' end`;

interface Touched {
  outcomes: OutcomeCount[];
  known: ItemKey[];
  unknown: ItemKey[];
}

/** Notes that the run has seen those items that are as they were, and tells which of the others are known. Of most items there is nothing more to be written. */
async function touch(tx: Tx, { orgId, runId }: RunNotice, items: readonly SourceItem[]): Promise<Touched> {
  const column = (name: "sourceId" | "key" | "contentHash") => items.map((item) => item[name]);
  const [row] = await tx.$queryRaw<[Touched]>`
    with collected as (
      select * from unnest(${column("sourceId")}::uuid[], ${column("key")}::text[], ${column("contentHash")}::text[]) as c(source_id, key, content_hash)
    ), touched as (
      update item as stored set last_seen_at = now(), last_seen_run_id = ${runId}::uuid,
        times_seen = stored.times_seen + case when stored.last_seen_run_id = ${runId}::uuid then 0 else 1 end
      from collected c
      where stored.org_id = ${orgId}::uuid and stored.source_id = c.source_id and stored.key = c.key
        and stored.content_hash = c.content_hash and stored.gone_at is null
      returning stored.source_id, stored.key, ${OUTCOME} as outcome
    ), rest as (
      select json_build_object('sourceId', c.source_id, 'key', c.key) as item,
        exists (select 1 from item i where i.org_id = ${orgId}::uuid and i.source_id = c.source_id and i.key = c.key) as is_known
      from collected c where (c.source_id, c.key) not in (select source_id, key from touched)
    )
    select coalesce((select json_agg(o) from (select source_id as "sourceId", outcome, count(*)::int as count from touched group by 1, 2) o), '[]') as outcomes,
      coalesce((select json_agg(item) from rest where is_known), '[]') as known, coalesce((select json_agg(item) from rest where not is_known), '[]') as unknown`;
  return row;
}

async function upsert(tx: Tx, { orgId, runId }: RunNotice, items: readonly SourceItem[]): Promise<OutcomeCount[]> {
  return tx.$queryRaw`
    with saved as (
      insert into item as stored (org_id, source_id, key, title, url, published_at, fields, content_hash,
        first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
      select ${orgId}::uuid, i."sourceId", i.key, i.title, i.url, i."publishedAt", i.fields, i."contentHash",
        now(), ${runId}::uuid, now(), ${runId}::uuid, now(), ${runId}::uuid
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as i("sourceId" uuid, key text, title text, url text, "publishedAt" timestamptz(3), fields jsonb, "contentHash" text)
      order by i."sourceId", i.key
      on conflict (org_id, source_id, key) do update set
        title = excluded.title, url = excluded.url, published_at = excluded.published_at, fields = excluded.fields,
        times_seen = stored.times_seen + case when stored.last_seen_run_id = excluded.last_seen_run_id then 0 else 1 end,
        last_seen_at = excluded.last_seen_at, last_seen_run_id = excluded.last_seen_run_id,
        last_changed_at = excluded.last_changed_at, last_changed_run_id = excluded.last_changed_run_id,
        gone_at = null, gone_run_id = null, content_hash = excluded.content_hash
      returning stored.source_id, ${OUTCOME} as outcome
    )
    select source_id as "sourceId", outcome, count(*)::int as count from saved group by 1, 2`;
}
