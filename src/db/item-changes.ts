import type { CollectedItem, Item, JsonValue } from "@/domain/item";
import { changedFields, type ItemChange, MOST_ITEM_CHANGES } from "@/domain/item-change";
import { keptPlan } from "./kept-plan";
import type { RunNotice } from "./notify";
import type { SqlTx, Tx } from "./transaction";

/** A stored item that is about to be replaced by another content, or to come back. */
interface OutdatedItem {
  id: string;
  key: string;
  title: string | null;
  url: string | null;
  publishedAt: Date | null;
  fields: Record<string, JsonValue>;
  isGone: boolean;
}

/** A source's stored items with these keys, as they are. */
export async function findOutdated(tx: SqlTx, orgId: string, sourceId: string, keys: readonly string[]): Promise<OutdatedItem[]> {
  return tx.$queryRaw`
    select id::text, key, title, url, published_at as "publishedAt", fields, gone_at is not null as "isGone" from item
    where org_id = ${orgId}::uuid and source_id = ${sourceId}::uuid and key = any(${[...keys]}::text[])`;
}

/**
 * Keeps what a run changed about items, a few fields of each and `most` items at most, and of each item its newest 50 changes. Returns how
 * many it kept. Hold the lease in the same transaction.
 */
export async function recordChanges(
  tx: SqlTx,
  { orgId, runId }: RunNotice,
  sourceId: string,
  { outdated, items, most }: { outdated: readonly OutdatedItem[]; items: readonly CollectedItem[]; most: number },
): Promise<number> {
  const collected = new Map(items.map((item) => [item.key, item]));
  const changes = outdated.flatMap((old) => {
    const item = collected.get(old.key);
    const change = item && changedFields(asCollected(old), item);
    return change && (old.isGone || change.fields.length > 0) ? [{ itemId: old.id, ...change, presence: old.isGone ? "returned" : null }] : [];
  });
  const kept = changes.slice(0, most);
  if (kept.length === 0) return 0;
  await tx.$executeRaw(keptPlan`
    insert into item_change (org_id, run_id, item_id, source_id, at, fields, more_fields, presence)
    select ${orgId}::uuid, ${runId}::uuid, c."itemId", ${sourceId}::uuid, now(), c.fields, c."moreFields", c.presence
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as c("itemId" bigint, fields jsonb, "moreFields" int, presence item_presence)
    on conflict (org_id, run_id, item_id) do nothing`);
  await dropOldestChanges(
    tx,
    orgId,
    kept.map(({ itemId }) => itemId),
  );
  return kept.length;
}

/** Drops all but the newest 50 changes of each of these items. Whoever deletes old runs meanwhile takes their changes along, and is not waited for. */
export async function dropOldestChanges(tx: SqlTx, orgId: string, itemIds: readonly string[]): Promise<void> {
  await tx.$executeRaw(keptPlan`
    delete from item_change where (org_id, run_id, item_id) in (
      select c.org_id, c.run_id, c.item_id from item_change c where (c.org_id, c.run_id, c.item_id) in (
        select ${orgId}::uuid, old.run_id, i.id from unnest(${[...itemIds]}::bigint[]) as i(id) cross join lateral (
          select run_id from item_change where org_id = ${orgId}::uuid and item_id = i.id order by at desc offset ${MOST_ITEM_CHANGES}) old)
      for update skip locked)`);
}

function asCollected({ key, title, url, publishedAt, fields }: OutdatedItem): CollectedItem {
  return { key, fields, ...(title !== null && { title }), ...(url !== null && { url }), ...(publishedAt && { publishedAt }) };
}

/** What runs that are still kept changed about an item, the newest first; the newest 50. Empty for an item that the organization does not have. */
export async function listItemChanges(tx: Tx, orgId: string, itemId: string): Promise<ItemChange[]> {
  return tx.$queryRaw`
    select c.run_id as "runId", r.number as "runNumber", c.at, c.fields, c.more_fields as "moreFields", c.presence::text as presence
    from item_change c join run r on r.org_id = c.org_id and r.id = c.run_id
    where c.org_id = ${orgId}::uuid and c.item_id = ${itemId}::bigint order by c.at desc, r.number desc limit ${MOST_ITEM_CHANGES}`;
}

/** What a list of items shows of a run's changes; their history has the others. */
const SHOWN_CHANGES = 3;

/** What a run changed about an item, as a list shows it. */
export type ShownChanges = Pick<Item, "changes" | "moreChanges" | "cameBack">;

/** The first fields of each of these items that a run changed, 3 at most, and how many more there are, by the item's id. */
export async function findChangesOfRun(tx: Tx, orgId: string, runId: string, itemIds: readonly string[]): Promise<Map<string, ShownChanges>> {
  const rows = await tx.$queryRaw<({ itemId: string } & ShownChanges)[]>`
    select item_id::text as "itemId", jsonb_path_query_array(fields, ${`$[0 to ${SHOWN_CHANGES - 1}]`}::jsonpath) as changes,
      more_fields + greatest(jsonb_array_length(fields) - ${SHOWN_CHANGES}, 0) as "moreChanges", presence is not distinct from 'returned' as "cameBack"
    from item_change
    where org_id = ${orgId}::uuid and run_id = ${runId}::uuid and item_id = any(${[...itemIds]}::bigint[])`;
  return new Map(rows.map(({ itemId, ...shown }) => [itemId, shown]));
}
