import type { Item, ItemFilter, JsonValue } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { findChangesOfRun, type ShownChanges } from "./item-changes";
import { matchingItems } from "./item-filter";
import { decodeCursor, encodeCursor } from "./keyset";
import type { Tx } from "./transaction";

/** Counting stops here: beyond it a number would cost more than it tells. */
const COUNT_UP_TO = 10_000;

interface ItemRow extends Omit<Item, "state" | "fields" | keyof ShownChanges> {
  fields: Record<string, JsonValue>;
  changed: boolean;
}

/**
 * A page of items, the newest change first. `total` is null when more than 10,000 match.
 * @throws AppError `validation` at `cursor` when the cursor is not one that this function gave out.
 */
export async function listItems(tx: Tx, orgId: string, filter: ItemFilter): Promise<{ items: Item[]; nextCursor: string | null; total: number | null }> {
  const matching = await matchingItems(tx, orgId, filter);
  const after = filter.cursor ? Prisma.sql`and (i.last_changed_at, i.id) < (${decodeCursor(filter.cursor)})` : Prisma.empty;
  const rows = await tx.$queryRaw<ItemRow[]>`
    select i.id::text, i.source_id as "sourceId", s.name as "sourceName", i.key, i.title, i.url, i.published_at as "publishedAt", i.fields,
      i.times_seen as "timesSeen", i.first_seen_at as "firstSeenAt", i.first_seen_run_id as "firstSeenRunId", i.last_seen_at as "lastSeenAt",
      (select r.number from run r where r.org_id = i.org_id and r.id = i.first_seen_run_id) as "firstSeenRunNumber",
      i.last_changed_at as "lastChangedAt", i.last_changed_run_id <> i.first_seen_run_id as changed
    from item i join source s on s.org_id = i.org_id and s.id = i.source_id
    where ${matching} ${after}
    order by i.last_changed_at desc, i.id desc limit ${filter.limit + 1}`;
  const page = rows.slice(0, filter.limit);
  const last = rows.length > filter.limit ? page.at(-1) : undefined;
  const ids = page.map((row) => row.id);
  const changes = filter.runId ? await findChangesOfRun(tx, orgId, filter.runId, ids) : null;
  const items = page.map((row) => toItem(row, changes?.get(row.id) ?? NO_CHANGES));
  return { items, nextCursor: last ? encodeCursor(last.lastChangedAt, last.id) : null, total: await countItems(tx, matching) };
}

const NO_CHANGES: ShownChanges = { changes: [], moreChanges: 0 };

function toItem({ changed, ...row }: ItemRow, changes: ShownChanges): Item {
  return { ...row, state: changed ? "changed" : "new", ...changes };
}

async function countItems(tx: Tx, matching: Prisma.Sql): Promise<number | null> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (select 1 from item i where ${matching} limit ${COUNT_UP_TO + 1}) as counted`;
  return row.count > COUNT_UP_TO ? null : row.count;
}
