import { type SearchTerm, searchTerms } from "@/domain/search-terms";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

// The words of items stand where only functions of the migration reach them; decision 9 says why.

/** The condition that one item `i` holds what is searched for, asked of each item that the other conditions leave. */
export function holdsText(orgId: string, text: string | undefined): Prisma.Sql[] {
  if (!text) return [];
  return [Prisma.sql`app.item_matches(i.id, i.org_id, i.title, i.url, i.fields, ${queryOf(orgId, searchTerms(text))})`];
}

/** What the index says of a search: the ids of all items, or that they are many, or that it cannot say, as with a search for what to leave out. */
type FoundItems = string[] | "many" | "unknown";

/**
 * The items that hold what is searched for, if they are no more than `most`. Of items that came in the last seconds and are not in the index
 * yet, the newest 3,000 are looked at.
 */
export async function findItemsWithText(tx: Tx, orgId: string, text: string, most: number): Promise<FoundItems> {
  const terms = searchTerms(text);
  if (terms.length > 0 && terms.every(({ isExcluded }) => isExcluded)) return "unknown";
  const [row] = await tx.$queryRaw<[{ ids: bigint[] }]>`select app.find_items(${orgId}::uuid, ${queryOf(orgId, terms)}, ${most + 1}::int) as ids`;
  return row.ids.length > most ? "many" : row.ids.map(String);
}

function queryOf(orgId: string, terms: readonly SearchTerm[]): Prisma.Sql {
  return Prisma.sql`app.words_query(${orgId}::uuid, ${JSON.stringify(terms)}::jsonb)`;
}

/**
 * Puts the words of new and changed items into the index: 2,000 items at most. Returns how many there were; null when
 * nothing is left, or when another process is at it. In a transaction that sees every organization.
 */
export async function writeItemWords(tx: Tx): Promise<number | null> {
  const [row] = await tx.$queryRaw<[{ written: number | null }]>`select app.write_words(4) as written`;
  return row.written;
}
