import type { ItemConditions, ItemPage } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { COUNT_UP_TO } from "./item-count";
import { matchingByIndex, matchingItems } from "./item-filter";
import { itemsHolding } from "./item-search";
import { listByWords } from "./items-by-words";
import type { Tx } from "./transaction";

interface LookedItems extends Pick<ItemPage, "total" | "atLeast"> {
  /** The first ones after the cursor; null where there are more than were looked at. */
  ids: string[] | null;
}

/** A part of the list. */
export interface LookedPage {
  /** "and …" the item `i` stands after where the part before ended; empty for the first. */
  after: Prisma.Sql;
  most: number;
}

/**
 * Looks at the items that match, 10,000 at most: how many they are, and which stand first. What is rare or lies far back takes no longer: the
 * database collects it by whichever index is the narrowest and sorts it, while a read in the list's order passes by all that does not match.
 */
export async function lookAtItems(tx: Tx, orgId: string, { text, ...others }: ItemConditions, page: LookedPage): Promise<LookedItems> {
  const matching = await matchingItems(tx, orgId, others);
  if (!text) return look(tx, matching, page);
  const byWords = Object.values(others).some(Boolean) ? lookAmongFew(tx, orgId, { text, ...others }, page) : lookByWords(tx, orgId, { text, matching }, page);
  return (await byWords) ?? look(tx, matching, page, (items) => itemsHolding(orgId, text, items, COUNT_UP_TO));
}

/** Null where those that hold the text are not few. Which index is the narrowest depends on how few they are, so they are read before. */
async function lookAmongFew(tx: Tx, orgId: string, conditions: ItemConditions, page: LookedPage): Promise<LookedItems | null> {
  const matching = await matchingByIndex(tx, orgId, conditions, COUNT_UP_TO);
  return matching && look(tx, matching, page);
}

/** Null where the index of words is no help. */
async function lookByWords(tx: Tx, orgId: string, asked: { text: string; matching: Prisma.Sql }, page: LookedPage): Promise<LookedItems | null> {
  const listed = await listByWords(tx, orgId, { ...asked, most: COUNT_UP_TO }, page);
  if (listed === "many") return { total: null, atLeast: COUNT_UP_TO, ids: null };
  return listed === "unknown" ? null : { ...listed, atLeast: listed.total };
}

/** `holding`: which of all that match are wanted. Of more than are looked at none. */
async function look(tx: Tx, matching: Prisma.Sql, { after, most }: LookedPage, holding?: (items: Prisma.Sql) => Prisma.Sql): Promise<LookedItems> {
  const all = Prisma.sql`array(select id from looked where (select count(*) from looked) <= ${COUNT_UP_TO} order by id)`;
  const matched = holding ? Prisma.sql`select looked.* from unnest(${holding(all)}) as held (id) join looked using (id)` : Prisma.sql`select * from looked`;
  const [row] = await tx.$queryRaw<[{ looked: number; count: number; ids: bigint[] }]>`
    with looked as materialized (select i.id, i.last_changed_at from item i where ${matching} limit ${COUNT_UP_TO + 1}),
      matched as materialized (${matched})
    select (select count(*)::int from looked) as looked, (select count(*)::int from matched) as count,
      array(select i.id from matched i where true ${after} order by i.last_changed_at desc, i.id desc limit ${most}) as ids`;
  const isAll = row.looked <= COUNT_UP_TO;
  return { total: isAll ? row.count : null, atLeast: Math.min(row.count, COUNT_UP_TO), ids: isAll ? row.ids.map(String) : null };
}
