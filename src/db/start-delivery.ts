import { AppError } from "@/domain/errors";
import { reopenRecipients } from "./delivery-recipients";
import { getChannelRow, lockChannel } from "./notification-channels";
import { enqueueChannels } from "./queue";
import type { Tx } from "./transaction";

/** Tests of one channel within a minute: more would be a way to write to somebody who does not want it. */
const MOST_TESTS = 5;

/**
 * Queues a test message, which is sent at once, whatever the channel's digest and quiet hours, and also while it is turned off.
 * @returns The delivery's id.
 * @throws AppError `rate_limited` after 5 tests of the channel within a minute.
 */
export async function startChannelTest(tx: Tx, orgId: string, channelId: string): Promise<string> {
  await lockChannel(tx, orgId, channelId);
  const [recent] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from delivery
    where org_id = ${orgId}::uuid and channel_id = ${channelId}::uuid and is_test and created_at > clock_timestamp() - interval '1 minute'`;
  if (recent.count >= MOST_TESTS)
    throw new AppError("rate_limited", `This channel was tested ${recent.count} times within a minute. Wait a minute, then test it again.`);
  const [{ id }] = await tx.$queryRaw<[{ id: string }]>`
    insert into delivery (id, org_id, channel_id, is_test, status, due_at, queued_at, created_at)
    select gen_random_uuid(), ${orgId}::uuid, ${channelId}::uuid, true, 'queued', now, now, now from clock_timestamp() as now returning id`;
  await enqueueChannels(tx, [channelId]);
  return id;
}

/**
 * Sends a message once more, under the id that it had: a receiver that took it knows it again. Its attempts count anew. A mail goes to those
 * who do not have it or, where everybody has it, to all.
 * @throws AppError `not_found`; `validation` when it is on its way already, or is to be sent on a channel that is turned off.
 */
export async function redeliver(tx: Tx, orgId: string, id: string): Promise<void> {
  const found = await tx.delivery.findUnique({ where: { orgId_id: { orgId, id } }, select: { channelId: true } });
  if (!found) throw new AppError("not_found", "There is no such message any more: they are kept for 30 days. Reload the page to see the ones there are.");
  // Somebody turns the channel off before this or after, which cancels it.
  await lockChannel(tx, orgId, found.channelId);
  const { enabled, recipients } = await getChannelRow(tx, orgId, found.channelId);
  if (!enabled) throw new AppError("validation", "The channel is turned off, so nothing was sent. Turn it on first.");
  const count = await tx.$executeRaw`
    update delivery set status = 'queued', due_at = now, queued_at = now, tries = 0, finished_at = null, message = null from clock_timestamp() as now
    where org_id = ${orgId}::uuid and id = ${id}::uuid and finished_at is not null`;
  if (count === 0) throw new AppError("validation", "This message is on its way already. Reload the page to see how far it is.");
  await reopenRecipients(tx, { orgId, deliveryId: id }, recipients);
  await enqueueChannels(tx, [found.channelId]);
}
