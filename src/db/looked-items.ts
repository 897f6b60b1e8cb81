import type { ItemConditions, ItemPage } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { COUNT_UP_TO } from "./item-count";
import { matchingAmong, matchingItems } from "./item-filter";
import { findItemsWithText, holdsText } from "./item-search";
import type { Tx } from "./transaction";

/** Of more than that, so many are searched for a text, to say a number. */
const SEARCHED_OF_MORE = 2_000;

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
export async function lookAtItems(tx: Tx, orgId: string, conditions: ItemConditions, page: LookedPage): Promise<LookedItems> {
  const { text, ...others } = conditions;
  const found = text ? await findItemsWithText(tx, orgId, text, COUNT_UP_TO) : null;
  if (Array.isArray(found)) return look(tx, await matchingAmong(tx, orgId, others, found), [], page);
  if (found === "many" && !Object.values(others).some(Boolean)) return { total: null, atLeast: COUNT_UP_TO, ids: null };
  return look(tx, await matchingItems(tx, orgId, others), holdsText(orgId, text), page);
}

/** `holding`: what is searched for in each item that was looked at. */
async function look(tx: Tx, matching: Prisma.Sql, holding: Prisma.Sql[], { after, most }: LookedPage): Promise<LookedItems> {
  const [row] = await tx.$queryRaw<[{ looked: number; count: number; ids: bigint[] }]>`
    with looked as materialized (select i.id, i.last_changed_at from item i where ${matching} limit ${COUNT_UP_TO + 1}),
      matched as materialized (${matchedOf(holding)})
    select (select count(*)::int from looked) as looked, (select count(*)::int from matched) as count,
      array(select i.id from matched i where true ${after} order by i.last_changed_at desc, i.id desc limit ${most}) as ids`;
  const isAll = row.looked <= COUNT_UP_TO;
  return { total: isAll ? row.count : null, atLeast: Math.min(row.count, COUNT_UP_TO), ids: isAll ? row.ids.map(String) : null };
}

function matchedOf([holding]: Prisma.Sql[]): Prisma.Sql {
  if (!holding) return Prisma.sql`select * from looked`;
  return Prisma.sql`
    select i.id, i.last_changed_at from item i join (
      select id from looked limit (select case when count(*) > ${COUNT_UP_TO} then ${SEARCHED_OF_MORE} else count(*) end from looked)) searched using (id)
    where ${holding}`;
}
