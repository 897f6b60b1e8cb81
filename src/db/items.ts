import type { Item, ItemConditions, ItemFilter, ItemPage, JsonValue } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { findChangesOfRun, type ShownChanges } from "./item-changes";
import { COUNT_UP_TO, countFrequent, countItems } from "./item-count";
import { ITEM_STATE, matchingAmong, matchingItems } from "./item-filter";
import { findItemsWithText } from "./item-search";
import { decodeCursor, encodeCursor } from "./keyset";
import type { Tx } from "./transaction";

interface ItemRow extends Omit<Item, "fields" | keyof ShownChanges> {
  fields: Record<string, JsonValue>;
}

/**
 * A page of items, the newest change first, and how many match in all.
 * @throws AppError `validation` at `cursor` when the cursor is not one that this function gave out.
 */
export async function listItems(tx: Tx, orgId: string, { limit, cursor, ...conditions }: ItemFilter): Promise<ItemPage> {
  const { found, matching } = await searchItems(tx, orgId, conditions);
  const after = cursor ? Prisma.sql`and (i.last_changed_at, i.id) < (${decodeCursor(cursor)})` : Prisma.empty;
  const items = await readItems(tx, orgId, { runId: conditions.runId, where: Prisma.sql`${matching} ${after}`, most: limit + 1 });
  const page = items.slice(0, limit);
  const last = items.length > limit ? page.at(-1) : undefined;
  const count = typeof found === "string" ? await countFrequent(tx, orgId, conditions, found) : await countItems(tx, matching);
  return { items: page, nextCursor: last ? encodeCursor(last.lastChangedAt, last.id) : null, ...count };
}

/** The items of the first page, without counting the others. */
export async function listNewestItems(tx: Tx, orgId: string, conditions: ItemConditions, most: number): Promise<Item[]> {
  const { matching } = await searchItems(tx, orgId, conditions);
  return readItems(tx, orgId, { runId: conditions.runId, where: matching, most });
}

/** What matches, and what the index says of the text; null where none is looked for. */
async function searchItems(tx: Tx, orgId: string, conditions: ItemConditions) {
  const found = conditions.text ? await findItemsWithText(tx, orgId, conditions.text, COUNT_UP_TO) : null;
  return { found, matching: Array.isArray(found) ? await matchingAmong(tx, orgId, conditions, found) : await matchingItems(tx, orgId, conditions) };
}

interface ItemsToRead {
  where: Prisma.Sql;
  most: number;
  /** With what this run changed about each. */
  runId: string | undefined;
}

async function readItems(tx: Tx, orgId: string, { where, most, runId }: ItemsToRead): Promise<Item[]> {
  const rows = await tx.$queryRaw<ItemRow[]>`
    select i.id::text, i.source_id as "sourceId", s.name as "sourceName", i.key, i.title, i.url, i.published_at as "publishedAt", i.fields,
      i.times_seen as "timesSeen", i.first_seen_at as "firstSeenAt", i.first_seen_run_id as "firstSeenRunId", i.last_seen_at as "lastSeenAt",
      (select r.number from run r where r.org_id = i.org_id and r.id = i.first_seen_run_id) as "firstSeenRunNumber",
      i.last_changed_at as "lastChangedAt", i.gone_at as "goneAt", ${ITEM_STATE} as state
    from item i join source s on s.org_id = i.org_id and s.id = i.source_id
    where ${where}
    order by i.last_changed_at desc, i.id desc limit ${most}`;
  const ids = rows.map(({ id }) => id);
  const changes = runId ? await findChangesOfRun(tx, orgId, runId, ids) : null;
  return rows.map((row) => ({ ...row, ...(changes?.get(row.id) ?? NO_CHANGES) }));
}

const NO_CHANGES: ShownChanges = { changes: [], moreChanges: 0, cameBack: false };
