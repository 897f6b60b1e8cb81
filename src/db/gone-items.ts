import { MOST_CHANGED_ITEMS } from "@/domain/item-change";
import { dropOldestChanges } from "./item-changes";
import type { Lease } from "./run-lease";
import type { SqlTx } from "./transaction";

/**
 * Marks as gone what the source had and this run did not see, and returns how many that are. For a complete list only, after its items were
 * saved. Doing it again for the same run changes nothing. The history of up to 1,000 items says so. Hold the lease in the same transaction.
 */
export async function markGone(tx: SqlTx, { orgId, runId }: Lease, sourceId: string): Promise<number> {
  const [{ count, told }] = await tx.$queryRaw<[{ count: number; told: string[] }]>`
    with went as (
      update item set gone_at = now(), gone_run_id = ${runId}::uuid
      where org_id = ${orgId}::uuid and source_id = ${sourceId}::uuid and gone_at is null and last_seen_run_id <> ${runId}::uuid
      returning id
    ), told as (
      insert into item_change (org_id, run_id, item_id, source_id, at, fields, presence)
      select ${orgId}::uuid, ${runId}::uuid, id, ${sourceId}::uuid, now(), '[]', 'gone' from went order by id limit ${MOST_CHANGED_ITEMS}
      on conflict (org_id, run_id, item_id) do nothing
      returning item_id
    )
    select array(select item_id::text from told) as told, (select count(*) from went)::int + (
      select count(*) from item where org_id = ${orgId}::uuid and source_id = ${sourceId}::uuid and gone_run_id = ${runId}::uuid)::int as count`;
  if (told.length > 0) await dropOldestChanges(tx, orgId, told);
  return count;
}
