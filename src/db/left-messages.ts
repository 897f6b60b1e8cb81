import { DELIVERY_KEPT_DAYS } from "@/domain/notification-delivery";
import { enqueueChannels, enqueueEvents } from "./queue";
import type { Tx } from "./transaction";

/** What was announced this long ago should have been looked at, or could not be judged and is looked at again. */
const LATE = "30 seconds";
const MOST_AT_ONCE = 1_000;

/**
 * Queues what is due and is not in anybody's hands: digests, the end of quiet hours, and what a process that died or a lost notification left.
 * The queue is told when each is due, but the truth about that stands in the tables.
 */
export async function enqueueLeftMessages(tx: Tx): Promise<void> {
  const late = await tx.$queryRaw<{ orgId: string }[]>`
    select distinct org_id as "orgId" from notification_event where at < clock_timestamp() - ${LATE}::interval limit ${MOST_AT_ONCE}`;
  await enqueueEvents(
    tx,
    late.map(({ orgId }) => orgId),
  );
  const due = await tx.$queryRaw<{ id: string }[]>`
    select distinct c.id from delivery d join notification_channel c on c.org_id = d.org_id and c.id = d.channel_id
    where (d.status = 'waiting' or d.status = 'queued' or d.status = 'retrying') and d.due_at <= clock_timestamp()
      and (c.held_until is null or c.held_until < clock_timestamp()) and (d.is_test or c.enabled and coalesce(c.rest_until <= clock_timestamp(), true))
    limit ${MOST_AT_ONCE}`;
  await enqueueChannels(
    tx,
    due.map(({ id }) => id),
  );
}

/** Deletes messages and what they said, a month after, and keys that sign nothing any more. */
export async function pruneMessages(tx: Tx): Promise<void> {
  await tx.$executeRaw`update notification_channel set sealed_old_secret = null, old_secret_until = null where old_secret_until < now()`;
  await tx.$executeRaw`
    delete from delivery where created_at < now() - ${DELIVERY_KEPT_DAYS} * interval '1 day' and finished_at < now() - ${DELIVERY_KEPT_DAYS} * interval '1 day'`;
  await tx.$executeRaw`
    delete from notice n where at < now() - ${DELIVERY_KEPT_DAYS} * interval '1 day'
      and not exists (select 1 from delivery_notice d where d.org_id = n.org_id and d.notice_id = n.id)`;
}
