import type { Prisma } from "@/generated/prisma/client";
import { fewItems } from "./item-search";
import type { LookedPage } from "./looked-items";
import type { Tx } from "./transaction";

interface WordsAsked {
  text: string;
  /** What else an item `i` has to be. */
  matching: Prisma.Sql;
  /** So many that hold the text are sorted. */
  most: number;
}

/** A page of those that the index of words names, and how many match in all; "many" where they are more than `most`, "unknown" where it is no help. */
export async function listByWords(
  tx: Tx,
  orgId: string,
  { text, matching, most }: WordsAsked,
  page: LookedPage,
): Promise<{ ids: string[]; total: number } | "many" | "unknown"> {
  const [row] = await tx.$queryRaw<[{ isAll: boolean | null; total: number; ids: bigint[] }]>`
    with found as materialized (select ${fewItems(orgId, text, most)} as ids),
      matched as materialized (
        -- Some may be named twice: by words of before a change, and among those that are yet to be indexed.
        select i.id, i.last_changed_at from (select distinct unnest(ids) as id from found where cardinality(ids) <= ${most}) held
        -- One by one, as PostgreSQL cannot know how many they are.
        cross join lateral (select i.id, i.last_changed_at from item i where i.id = held.id and ${matching} offset 0) i)
    select (select cardinality(ids) <= ${most} from found) as "isAll", (select count(*)::int from matched) as total,
      array(select i.id from matched i where true ${page.after} order by i.last_changed_at desc, i.id desc limit ${page.most}) as ids`;
  if (row.isAll === null) return "unknown";
  return row.isAll ? { ids: row.ids.map(String), total: row.total } : "many";
}
