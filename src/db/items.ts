import type { Item, ItemFilter, ItemPage, JsonValue } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { findChangesOfRun, type ShownChanges } from "./item-changes";
import { ITEM_STATE } from "./item-filter";
import { findInOrder } from "./items-in-order";
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
  const page = { after, most: limit + 1 };
  const { ids, ...looked } = await lookAtItems(tx, orgId, conditions, page);
  const found = ids ? { ids, total: looked.total } : await findInOrder(tx, orgId, conditions, page);
  // A first page that is not full holds all there are, however many were looked at, which may have been others than those.
  const total = !cursor && found.ids.length <= limit ? found.ids.length : found.total;
  const atLeast = total ?? Math.max(looked.atLeast, found.ids.length);
  const items = await readItems(tx, orgId, found.ids.slice(0, page.most), conditions.runId);
  const shown = items.slice(0, limit);
  // By what was found: some of it may have been deleted since, and the list goes on nevertheless.
  const last = found.ids.length > limit ? shown.at(-1) : undefined;
  return { items: shown, nextCursor: last ? encodeCursor(last.lastChangedAt, last.id) : null, total, atLeast };
}

/** In the list's order; with what the run, if one is given, changed about each. */
async function readItems(tx: Tx, orgId: string, found: readonly string[], runId: string | undefined): Promise<Item[]> {
  const rows = await tx.$queryRaw<ItemRow[]>`
    select i.id::text, i.source_id as "sourceId", s.name as "sourceName", i.key, i.title, i.url, i.published_at as "publishedAt", i.fields,
      i.times_seen as "timesSeen", i.first_seen_at as "firstSeenAt", i.first_seen_run_id as "firstSeenRunId", i.last_seen_at as "lastSeenAt",
      (select r.number from run r where r.org_id = i.org_id and r.id = i.first_seen_run_id) as "firstSeenRunNumber",
      i.last_changed_at as "lastChangedAt", i.gone_at as "goneAt", ${ITEM_STATE} as state
    from item i join source s on s.org_id = i.org_id and s.id = i.source_id
    where i.org_id = ${orgId}::uuid and i.id = any(${[...found]}::bigint[])
    order by i.last_changed_at desc, i.id desc`;
  const ids = rows.map(({ id }) => id);
  const changes = runId ? await findChangesOfRun(tx, orgId, runId, ids) : null;
  return rows.map((row) => ({ ...row, ...(changes?.get(row.id) ?? NO_CHANGES) }));
}

const NO_CHANGES: ShownChanges = { changes: [], moreChanges: 0, cameBack: false };
