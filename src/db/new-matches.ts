import type { ItemConditions } from "@/domain/item";
import { matchingItems } from "./item-filter";
import type { Tx } from "./transaction";

/** How many of a run's new items match, and the newest of them. */
export interface NewMatches {
  count: number;
  items: { title: string | null; url: string | null }[];
}

/**
 * Of the items that a run was the first to bring, how many match, and `most` of them for a message: the newest by their own date, those
 * without one last. Looks at that run's items only.
 */
export async function countNewMatching(tx: Tx, orgId: string, conditions: ItemConditions, runId: string, most: number): Promise<NewMatches> {
  const matching = await matchingItems(tx, orgId, conditions);
  const [row] = await tx.$queryRaw<[NewMatches]>`
    with matched as (select i.id, i.title, i.url, i.published_at from item i where ${matching} and i.first_seen_run_id = ${runId}::uuid)
    select (select count(*)::int from matched) as count,
      coalesce((select jsonb_agg(jsonb_build_object('title', shown.title, 'url', shown.url)) from (
        select title, url from matched order by published_at desc nulls last, id desc limit ${most}) as shown), '[]') as items`;
  return row;
}
