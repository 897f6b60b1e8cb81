import { type AttemptResult, channelHealth, type DeliveryPlan } from "@/domain/delivery-plan";
import type { RecipientOutcome } from "@/domain/mail-recipients";
import { quietUntil } from "@/domain/send-time";
import type { NotificationChannel } from "@/generated/prisma/client";
import { recordAudit } from "./audit";
import { cancelDeliveries } from "./delivery-ends";
import { recordRecipients, upsertRecipient } from "./delivery-recipients";
import type { KeyRing } from "./key-ring";
import { timingOf } from "./notice-deliveries";
import { lockChannel } from "./notification-channels";
import { type OutgoingMessage, readMessage } from "./outgoing-message";
import { enqueueChannels } from "./queue";
import { splitDelivery } from "./split-delivery";
import type { Tx } from "./transaction";

/** Who sends on a channel counts as dead this long after it last said that it does; longer than an attempt takes. */
const HELD_FOR = "2 minutes";

/** A channel that a process holds to send on it. */
export interface HeldChannel {
  channelId: string;
  /** Of the process, for this time. */
  holder: string;
}

/** Takes the channel to send on it; false while another process does. */
export async function holdChannel(tx: Tx, { channelId, holder }: HeldChannel): Promise<boolean> {
  const count = await tx.$executeRaw`
    update notification_channel set holder = ${holder}::uuid, held_until = clock_timestamp() + ${HELD_FOR}::interval
    where id = ${channelId}::uuid and (held_until is null or held_until < clock_timestamp())`;
  return count === 1;
}

/** Lets the channel go. */
export async function releaseChannel(tx: Tx, { channelId, holder }: HeldChannel): Promise<void> {
  await tx.$executeRaw`
    update notification_channel set holder = null, held_until = null where id = ${channelId}::uuid and holder = ${holder}::uuid`;
}

/** Lets the channel go, and queues it for what is still to be sent on it. */
export async function handOnChannel(tx: Tx, held: HeldChannel): Promise<void> {
  await releaseChannel(tx, held);
  await enqueueChannels(tx, [held.channelId]);
}

/** Says that the holder lives. Null when the channel is gone, or somebody else's by now. */
async function renew(tx: Tx, { channelId, holder }: HeldChannel): Promise<NotificationChannel | null> {
  const count = await tx.$executeRaw`
    update notification_channel set held_until = clock_timestamp() + ${HELD_FOR}::interval where id = ${channelId}::uuid and holder = ${holder}::uuid`;
  return count === 1 ? tx.notificationChannel.findUnique({ where: { id: channelId } }) : null;
}

/**
 * The message that is to be sent next; null when none is due. Within the channel's quiet hours, whatever is not a test waits for their end.
 * A message that gathered is closed with this: what comes from now on goes into the next one, and so does what a webhook has no room for.
 */
export async function takeMessage(tx: Tx, keys: KeyRing, held: HeldChannel): Promise<OutgoingMessage | null> {
  const channel = await renew(tx, held);
  if (!channel) return null;
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  const quietEnd = quietUntil(timingOf(channel), now);
  if (quietEnd) await waitForEnd(tx, channel, quietEnd);
  const [due] = await tx.$queryRaw<{ id: string; isTest: boolean; tries: number }[]>`
    update delivery set status = case when status = 'waiting' then 'queued' else status end,
      queued_at = case when status = 'waiting' then clock_timestamp() else queued_at end
    where id = (
      select d.id from delivery d
      where d.org_id = ${channel.orgId}::uuid and d.channel_id = ${channel.id}::uuid and (d.status = 'waiting' or d.status = 'queued' or d.status = 'retrying')
        and d.due_at <= clock_timestamp() and (d.is_test or ${channel.enabled} and coalesce(${channel.restUntil}::timestamptz <= clock_timestamp(), true))
      order by d.is_test desc, d.due_at, d.number limit 1 for update)
    returning id, is_test as "isTest", tries`;
  if (!due) return null;
  if (channel.kind === "webhook") await splitDelivery(tx, { orgId: channel.orgId, deliveryId: due.id });
  return readMessage(tx, keys, channel, { ...due, now });
}

async function waitForEnd(tx: Tx, { orgId, id }: NotificationChannel, quietEnd: Date): Promise<void> {
  await tx.$executeRaw`
    update delivery set due_at = ${quietEnd}
    where org_id = ${orgId}::uuid and channel_id = ${id}::uuid and (status = 'waiting' or status = 'queued' or status = 'retrying')
      and due_at < ${quietEnd}::timestamptz and not is_test`;
}

/**
 * Records an attempt and what becomes of the message; what was sent before a process died is not recorded and sent again, under the same
 * id. False when the channel is somebody else's by now: then nothing is recorded.
 */
export async function recordAttempt(tx: Tx, held: HeldChannel, message: OutgoingMessage, result: AttemptResult, plan: DeliveryPlan): Promise<boolean> {
  const channel = await renew(tx, held);
  if (!channel) return false;
  const { orgId, id: channelId } = channel;
  const { deliveryId } = message;
  const takenCount = result.recipients?.filter(({ state }) => state === "taken").length ?? null;
  await tx.$executeRaw`
    insert into delivery_attempt (org_id, delivery_id, number, duration_ms, http_status, answer, error, taken_count)
    select ${orgId}::uuid, d.id, coalesce((select max(number) from delivery_attempt a where a.org_id = d.org_id and a.delivery_id = d.id), 0) + 1,
      ${Math.round(result.durationMs)}::int, ${result.httpStatus}::int, ${result.answer}, ${result.error}, ${takenCount}::int
    from delivery d where d.org_id = ${orgId}::uuid and d.id = ${deliveryId}::uuid`;
  if (result.recipients) await recordRecipients(tx, { orgId, deliveryId }, result.recipients);
  await moveOn(tx, orgId, deliveryId, result, plan);
  await noteHealth(tx, channelId, message, result, plan);
  if (plan.kind === "turn_off") await turnOff(tx, channel);
  return true;
}

/**
 * Records that one recipient has a mail while it is sent to the others, so that a process that dies over those does not send it twice. False
 * when the channel is somebody else's by now: then nothing is recorded.
 */
export async function recordTaken(tx: Tx, held: HeldChannel, { deliveryId }: OutgoingMessage, taken: RecipientOutcome): Promise<boolean> {
  const channel = await renew(tx, held);
  if (channel) await upsertRecipient(tx, { orgId: channel.orgId, deliveryId }, taken);
  return channel !== null;
}

async function moveOn(tx: Tx, orgId: string, deliveryId: string, { error, message = error }: AttemptResult, plan: DeliveryPlan): Promise<void> {
  const status = plan.kind === "delivered" ? "delivered" : plan.kind === "retry" ? "retrying" : "failed";
  const waitMs = plan.kind === "retry" ? plan.waitMs : null;
  await tx.$executeRaw`
    update delivery set status = ${status}::delivery_status, tries = tries + 1, message = ${message},
      due_at = case when ${waitMs}::float8 is null then due_at else clock_timestamp() + ${waitMs}::float8 * interval '1 millisecond' end,
      finished_at = case when ${waitMs}::float8 is null then clock_timestamp() end
    where org_id = ${orgId}::uuid and id = ${deliveryId}::uuid`;
}

/** What the page says of the channel. A test that fails leaves it as well as it was: nothing else was held up by it. */
async function noteHealth(tx: Tx, channelId: string, { isTest }: OutgoingMessage, result: AttemptResult, plan: DeliveryPlan): Promise<void> {
  const health = channelHealth(result, plan);
  if (health === "as_it_was") return;
  if (health === "well") {
    await tx.$executeRaw`
      update notification_channel set last_delivered_at = clock_timestamp(), consecutive_failures = 0, rest_until = null where id = ${channelId}::uuid`;
    return;
  }
  const { error, message = error, recipients = [] } = result;
  const hasTaken = recipients.some(({ state }) => state === "taken");
  const restMs = plan.kind === "retry" ? plan.restMs : null;
  await tx.$executeRaw`
    update notification_channel set last_delivered_at = case when ${hasTaken} then clock_timestamp() else last_delivered_at end, last_failed_at = clock_timestamp(), last_error = ${message}, consecutive_failures = consecutive_failures + ${isTest ? 0 : 1},
      rest_until = case when ${restMs}::float8 is null then rest_until else clock_timestamp() + ${restMs}::float8 * interval '1 millisecond' end
    where id = ${channelId}::uuid`;
}

const GONE = "The receiver answered 410 Gone: it is not there any more, for good.";

/** Whoever puts messages on the channel holds it meanwhile, so that none is left on it. */
async function turnOff(tx: Tx, { orgId, id, name }: NotificationChannel): Promise<void> {
  await lockChannel(tx, orgId, id);
  await tx.$executeRaw`update notification_channel set enabled = false, disabled_reason = ${GONE} where id = ${id}::uuid`;
  await cancelDeliveries(tx, orgId, id);
  await recordAudit(tx, {
    ...{ orgId, actorId: null, actorName: "Milkrun", action: "notification.updateChannel", subjectId: id },
    summary: `Turned the channel “${name}” off: its receiver answered 410 Gone`,
    changes: { enabled: { from: true, to: false } },
  });
}
