import type { CollectedItem, Item, JsonValue } from "@/domain/item";
import { changedFields, type ItemChange, MOST_CHANGED_ITEMS, MOST_ITEM_CHANGES } from "@/domain/item-change";
import type { RunNotice } from "./notify";
import type { Tx } from "./transaction";

/** What an item of an organization is known by. */
export interface ItemKey {
  sourceId: string;
  key: string;
}

/** The same text for the same item. */
export function keyOf({ sourceId, key }: ItemKey): string {
  return `${sourceId} ${key}`;
}

/** A stored item that is about to be replaced by another content, or to come back. */
interface OutdatedItem extends ItemKey {
  id: string;
  title: string | null;
  url: string | null;
  publishedAt: Date | null;
  fields: Record<string, JsonValue>;
  isGone: boolean;
}

/** Those stored items, as they are. */
export async function findOutdated(tx: Tx, orgId: string, items: readonly ItemKey[]): Promise<OutdatedItem[]> {
  const column = (name: keyof ItemKey) => items.map((item) => item[name]);
  return tx.$queryRaw`
    select i.id::text, i.source_id as "sourceId", i.key, i.title, i.url, i.published_at as "publishedAt", i.fields,
      i.gone_at is not null as "isGone"
    from unnest(${column("sourceId")}::uuid[], ${column("key")}::text[]) as wanted(source_id, key)
      join item i on i.org_id = ${orgId}::uuid and i.source_id = wanted.source_id and i.key = wanted.key`;
}

interface Told {
  outdated: readonly OutdatedItem[];
  /** As they are now. */
  items: readonly (CollectedItem & ItemKey)[];
  /** How many changes of a source were kept before; counted up. */
  told: Map<string, number>;
}

/**
 * Keeps what a run changed about items: a few fields of each, of 1,000 items of a source at most, and of each item its newest 50 changes. Hold
 * the lease in the same transaction.
 */
export async function recordChanges(tx: Tx, { orgId, runId }: RunNotice, { outdated, items, told }: Told): Promise<void> {
  const collected = new Map(items.map((item) => [keyOf(item), item]));
  const changes = outdated.flatMap((old) => {
    const item = collected.get(keyOf(old));
    const change = item && changedFields(asCollected(old), item);
    if (!change || !(old.isGone || change.fields.length > 0)) return [];
    const { id: itemId, sourceId, isGone } = old;
    return [{ sourceId, itemId, ...change, presence: isGone ? "returned" : null }];
  });
  const kept = changes.filter(({ sourceId }) => {
    const before = told.get(sourceId) ?? 0;
    told.set(sourceId, before + 1);
    return before < MOST_CHANGED_ITEMS;
  });
  if (kept.length === 0) return;
  await tx.$executeRaw`
    insert into item_change (org_id, run_id, item_id, source_id, at, fields, more_fields, presence)
    select ${orgId}::uuid, ${runId}::uuid, c."itemId", c."sourceId", now(), c.fields, c."moreFields", c.presence
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
        as c("sourceId" uuid, "itemId" bigint, fields jsonb, "moreFields" int, presence item_presence)
    on conflict (org_id, run_id, item_id) do nothing`;
  await dropOldestChanges(
    tx,
    orgId,
    kept.map(({ itemId }) => itemId),
  );
}

/** Drops all but the newest 50 changes of each of these items. Whoever deletes old runs meanwhile takes their changes along, and is not waited for. */
export async function dropOldestChanges(tx: Tx, orgId: string, itemIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    delete from item_change where (org_id, run_id, item_id) in (
      select c.org_id, c.run_id, c.item_id from item_change c where (c.org_id, c.run_id, c.item_id) in (
        select ${orgId}::uuid, old.run_id, i.id from unnest(${[...itemIds]}::bigint[]) as i(id) cross join lateral (
          select run_id from item_change where org_id = ${orgId}::uuid and item_id = i.id order by at desc offset ${MOST_ITEM_CHANGES}) old)
      for update skip locked)`;
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
