import type { ItemConditions } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { matchingInOrder, matchingItems } from "./item-filter";
import { itemsHolding } from "./item-search";
import { listByWords } from "./items-by-words";
import { decodeCursor, encodeCursor } from "./keyset";
import type { LookedPage } from "./looked-items";
import type { Tx } from "./transaction";

/** Where more match than are sorted, a page is looked for among so many that stand first in the list; nearly always it is there. */
const FIRST_IN_LIST = 20_000;
/** So many are sorted to be searched for a text one after the other. */
const MOST_SEARCHED = 50_000;
/** So many that hold a text are sorted. */
const MOST_SORTED = 200_000;

/** What was found of a page, and how many match in all where that has become known. */
interface FoundInOrder {
  /** Of a search often some more of the list than the page. */
  ids: string[];
  total: number | null;
}

/** A page where more match than are looked at. */
export async function findInOrder(tx: Tx, orgId: string, conditions: ItemConditions, { after, most }: LookedPage): Promise<FoundInOrder> {
  const { ids, end } = await findAmongFirst(tx, orgId, conditions, { after, most });
  if (!end) return { ids, total: null };
  const behind = await findBehind(tx, orgId, conditions, { after: end, most: most - ids.length });
  return { ids: [...ids, ...behind.ids], total: behind.total };
}

interface FirstInList {
  ids: string[];
  /** What stands behind those that were read; null where the page is full, or the list at its end. */
  end: Prisma.Sql | null;
}

/** In the list's order, which ends as soon as the page is full. */
async function findAmongFirst(tx: Tx, orgId: string, { text, ...others }: ItemConditions, { after, most }: LookedPage): Promise<FirstInList> {
  const inOrder = Prisma.sql`item i where ${await matchingInOrder(tx, orgId, others)} ${after} order by i.last_changed_at desc, i.id desc`;
  const matching = Prisma.sql`
    select i.id from (select i.* from ${inOrder} limit ${FIRST_IN_LIST}) i
    where ${await matchingItems(tx, orgId, others)} order by i.last_changed_at desc, i.id desc`;
  const ids = text ? itemsHolding(orgId, text, Prisma.sql`array(${matching})`, most) : Prisma.sql`array(${matching} limit ${most})`;
  const [row] = await tx.$queryRaw<[{ ids: bigint[]; lastId: bigint | null; lastAt: Date | null }]>`
    with found as materialized (select ${ids} as ids)
    select found.ids, last.id as "lastId", last.last_changed_at as "lastAt" from found
    left join lateral (select i.* from (select i.id, i.last_changed_at from ${inOrder} offset ${FIRST_IN_LIST - 1} limit 1) i where cardinality(found.ids) < ${most}) last on true`;
  const end = row.lastAt && Prisma.sql`and (i.last_changed_at, i.id) < (${decodeCursor(encodeCursor(row.lastAt, String(row.lastId)))})`;
  return { ids: row.ids.map(String), end };
}

/** What is sorted is what the other conditions leave, or else what holds the text. Only a word that is everywhere is looked for through the whole list. */
async function findBehind(tx: Tx, orgId: string, { text, ...others }: ItemConditions, page: LookedPage): Promise<FoundInOrder> {
  const matching = await matchingItems(tx, orgId, others);
  if (!text) return { ids: await sortAll(tx, matching, page), total: null };
  const searched = await searchSorted(tx, matching, page, (items) => itemsHolding(orgId, text, items, page.most));
  if (searched) return { ids: searched, total: null };
  const listed = await listByWords(tx, orgId, { text, matching, most: MOST_SORTED }, page);
  return typeof listed === "object" ? listed : { ids: await goThrough(tx, orgId, { text, ...others }, page), total: null };
}

async function sortAll(tx: Tx, matching: Prisma.Sql, { after, most }: LookedPage): Promise<string[]> {
  // No index is ordered by an expression: in the list's order the page may lie behind everything else.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select i.id::text from item i where ${matching} ${after} order by i.last_changed_at + interval '0' desc, i.id desc limit ${most}`;
  return rows.map(({ id }) => id);
}

/** Null where the other conditions leave too many. */
async function searchSorted(tx: Tx, matching: Prisma.Sql, { after }: LookedPage, holding: (items: Prisma.Sql) => Prisma.Sql): Promise<string[] | null> {
  const sorted = Prisma.sql`array(
    select i.id from remaining i where (select count(*) from remaining) <= ${MOST_SEARCHED} order by i.last_changed_at desc, i.id desc)`;
  const [row] = await tx.$queryRaw<[{ count: number; ids: bigint[] }]>`
    with remaining as materialized (select i.id, i.last_changed_at from item i where ${matching} ${after} limit ${MOST_SEARCHED + 1})
    select (select count(*)::int from remaining) as count, ${holding(sorted)} as ids`;
  return row.count <= MOST_SEARCHED ? row.ids.map(String) : null;
}

/** To the list's end, so many at a time, until the page is full. */
async function goThrough(tx: Tx, orgId: string, conditions: ItemConditions, { after, most }: LookedPage): Promise<string[]> {
  const { ids, end } = await findAmongFirst(tx, orgId, conditions, { after, most });
  return end ? [...ids, ...(await goThrough(tx, orgId, conditions, { after: end, most: most - ids.length }))] : ids;
}
