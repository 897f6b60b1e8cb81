import { MOST_EXPORT_ATTEMPTS } from "@/domain/large-export";
import { enqueueExports } from "./queue";
import type { Tx } from "./transaction";

/** One that waits while nothing in the queue stands for it. A worker that was given it takes it at once. */
const LOST_AFTER = "30 seconds";

/**
 * Queues the exports again whose worker is gone, which another one then writes from the beginning, and those that got lost in the queue. One
 * that workers died of three times fails, and says how far it came.
 */
export async function reapExports(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    with dead as (
      update item_export set status = 'failed', bytes = 0, finished_at = clock_timestamp(), lease_token = null, lease_expires_at = null,
        message = 'The server stopped while it wrote this file, ' || ${MOST_EXPORT_ATTEMPTS}::int || ' times, the last time after ' || items_done
          || ' items. There is no file. Filter the items to fewer and export again.'
      where id in (select id from item_export where status = 'running' and lease_expires_at < statement_timestamp() and attempt >= ${MOST_EXPORT_ATTEMPTS}
        for update skip locked)
      returning org_id, id)
    delete from item_export_chunk c using dead where c.org_id = dead.org_id and c.export_id = dead.id`;
  const again = await tx.$queryRaw<{ id: string }[]>`
    update item_export set status = 'queued', lease_token = null, lease_expires_at = null
    where id in (select id from item_export e
      where (status = 'running' and lease_expires_at < statement_timestamp())
        or (status = 'queued' and created_at < clock_timestamp() - ${LOST_AFTER}::interval and not exists (
          select 1 from graphile_worker.jobs j where j.key = 'export:' || e.id and j.attempts < j.max_attempts
            and (j.locked_at is null or j.locked_at > clock_timestamp() - ${LOST_AFTER}::interval)))
      for update skip locked)
    returning id::text`;
  if (again.length === 0) return;
  await enqueueExports(
    tx,
    again.map(({ id }) => id),
  );
}
