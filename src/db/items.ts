import type { Item, ItemFilter, ItemPage, JsonValue } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { findChangesOfRun, type ShownChanges } from "./item-changes";
import { ITEM_STATE, matchingItems } from "./item-filter";
import { decodeCursor, encodeCursor } from "./keyset";
import { lookAtItems } from "./looked-items";
import type { Tx } from "./transaction";

interface ItemRow extends Omit<Item, "fields" | keyof ShownChanges> {
  fields: Record<string, JsonValue>;
}

/**
 * A page of items, the newest change first, and how many match in all.
 * @throws AppError `validation` at `cursor` when the cursor is not one that this function gave out.
 */
export async function listItems(tx: Tx, orgId: string, { limit, cursor, ...conditions }: ItemFilter): Promise<ItemPage> {
  const after = cursor ? Prisma.sql`and (i.last_changed_at, i.id) < (${decodeCursor(cursor)})` : Prisma.empty;
  const { ids, ...count } = await lookAtItems(tx, orgId, conditions, { after, most: limit + 1 });
  const where = ids
    ? Prisma.sql`i.org_id = ${orgId}::uuid and i.id = any(${ids}::bigint[])`
    : Prisma.sql`${await matchingItems(tx, orgId, conditions)} ${after}`;
  const items = await readItems(tx, orgId, { runId: conditions.runId, where, most: limit + 1 });
  const page = items.slice(0, limit);
  const last = items.length > limit ? page.at(-1) : undefined;
  return { items: page, nextCursor: last ? encodeCursor(last.lastChangedAt, last.id) : null, ...count };
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
