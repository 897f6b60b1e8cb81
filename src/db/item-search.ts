import { searchTerms } from "@/domain/search-terms";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

// The words of items stand where only functions of the migration reach them; decision 9 says why.

/** The condition that one item `i` holds what is searched for, asked of each item that the other conditions leave. */
export function holdsText(orgId: string, text: string | undefined): Prisma.Sql[] {
  if (!text) return [];
  return [Prisma.sql`app.item_matches(i.id, i.org_id, i.title, i.url, i.fields, ${queryOf(orgId, text)})`];
}

/** The same asked of many at once, in a tenth of the time: those of `items` (an array) that hold it, in its order; about 2,000 more than `most` at most. */
export function itemsHolding(orgId: string, text: string, items: Prisma.Sql, most: number): Prisma.Sql {
  return Prisma.sql`app.items_holding(${orgId}::uuid, ${items}, ${queryOf(orgId, text)}, ${most}::int)`;
}

/** What the index says of a search: the ids of all items, or that they are many, or nothing: of what is only left out, and of what is everywhere. */
type FoundItems = string[] | "many" | "unknown";

/**
 * The items that hold what is searched for, if they are no more than `most`; where statistics tell of ten times as many, the index is not
 * asked. Of items that came in the last seconds and are not in the index yet, the newest 3,000 are looked at.
 */
export async function findItemsWithText(tx: Tx, orgId: string, text: string, most: number): Promise<FoundItems> {
  const [{ ids }] = await tx.$queryRaw<[{ ids: bigint[] | null }]>`select ${fewItems(orgId, text, most)} as ids`;
  if (ids === null) return "unknown";
  return ids.length > most ? "many" : ids.map(String);
}

/** The same as an array within a query: more than `most` where they are many, and null for what is unknown. */
export function fewItems(orgId: string, text: string, most: number): Prisma.Sql {
  return Prisma.sql`app.find_few_items(${orgId}::uuid, ${JSON.stringify(searchTerms(text))}::jsonb, ${most + 1}::int)`;
}

function queryOf(orgId: string, text: string): Prisma.Sql {
  return Prisma.sql`app.words_query(${orgId}::uuid, ${JSON.stringify(searchTerms(text))}::jsonb)`;
}

/**
 * Puts the words of new and changed items into the index: 2,000 items at most. Returns how many there were; null when nothing is left, when
 * another process is at it, and while somebody deletes items. In a transaction that sees every organization.
 */
export async function writeItemWords(tx: Tx): Promise<number | null> {
  const [row] = await tx.$queryRaw<[{ written: number | null }]>`select app.write_words(4) as written`;
  return row.written;
}
