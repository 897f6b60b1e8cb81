import { randomUUID } from "node:crypto";
import { addressMissing, enteredSecret, requireOwnToken, requireSameKind, type SecretHolder } from "@/domain/channel-secret";
import { AppError } from "@/domain/errors";
import type { Channel, ChannelDefinition } from "@/domain/notification-channel";
import { maskAddress } from "@/domain/notification-channel";
import { quietUntil, sendAt } from "@/domain/send-time";
import type { NotificationChannel as Row } from "@/generated/prisma/client";
import { makeSigningKey, replaceSigningKey, sealChannelSecret } from "./channel-secrets";
import { cancelDeliveries } from "./delivery-ends";
import type { KeyRing } from "./key-ring";
import { timingOf } from "./notice-deliveries";
import { enqueueChannels } from "./queue";
import type { Tx } from "./transaction";

const MOST_CHANNELS = 50;

/** A channel, with the key that was just made for it; null when none was. */
export interface IssuedChannel {
  channel: Channel;
  secret: string | null;
}

/** The organization's channels, by name. */
export async function listChannels(tx: Tx, orgId: string): Promise<Channel[]> {
  const rows = await tx.notificationChannel.findMany({ where: { orgId }, orderBy: [{ name: "asc" }, { id: "asc" }] });
  return toChannels(tx, orgId, rows);
}

/** @throws AppError `not_found` when the organization has no such channel. */
export async function getChannel(tx: Tx, orgId: string, id: string): Promise<Channel> {
  const [channel] = await toChannels(tx, orgId, [await getChannelRow(tx, orgId, id)]);
  if (!channel) throw new Error("A channel's row gives one channel.");
  return channel;
}

/** With what is secret about it, sealed. @throws AppError `not_found` */
export async function getChannelRow(tx: Tx, orgId: string, id: string): Promise<Row> {
  const row = await tx.notificationChannel.findUnique({ where: { orgId_id: { orgId, id } } });
  if (!row) throw new AppError("not_found", "This channel no longer exists. Reload the page to see the ones there are.");
  return row;
}

/**
 * A webhook gets a key to be signed with.
 * @throws AppError `validation` at `address` for a Slack-style webhook without one, or when there are 50 channels.
 */
export async function createChannel(tx: Tx, keys: KeyRing, orgId: string, definition: ChannelDefinition): Promise<IssuedChannel> {
  const count = await tx.notificationChannel.count({ where: { orgId } });
  if (count >= MOST_CHANNELS) throw new AppError("validation", `There are ${count} channels already, so no other one was made. Delete one that nothing needs.`);
  const id = randomUUID();
  const signingKey = definition.kind === "webhook" ? makeSigningKey() : null;
  const secret = signingKey ?? enteredSecret(definition) ?? null;
  if (definition.kind === "slack" && secret === null) throw addressMissing();
  const sealedSecret = await sealChannelSecret(tx, keys, { orgId, id }, secret);
  await tx.notificationChannel.create({ data: { id, orgId, kind: definition.kind, ...columnsOf(definition), sealedSecret } });
  return { channel: await getChannel(tx, orgId, id), secret: signingKey };
}

/**
 * Changes everything but the kind. What waits to be sent goes where the channel leads then; it is cancelled when the channel is turned off.
 * @throws AppError `not_found`; `validation` at `kind` for another kind, at `token` when a topic moves to another site with the stored token.
 */
export async function updateChannel(
  tx: Tx,
  keys: KeyRing,
  { orgId, id }: { orgId: string; id: string },
  definition: ChannelDefinition,
): Promise<{ channel: Channel; before: Channel; secretChanged: boolean }> {
  await lockChannel(tx, orgId, id);
  const [before, row] = [await getChannel(tx, orgId, id), await getChannelRow(tx, orgId, id)];
  requireSameKind(row, definition);
  const secret = enteredSecret(definition);
  requireOwnToken(toSecretHolder(row), definition);
  requireSecret(row, definition);
  const changed = secret === undefined ? {} : { sealedSecret: await sealChannelSecret(tx, keys, { orgId, id }, secret) };
  const back = definition.enabled ? { disabledReason: null, restUntil: null } : {};
  await tx.notificationChannel.update({ where: { orgId_id: { orgId, id } }, data: { ...columnsOf(definition), ...changed, ...back } });
  if (definition.enabled) await retime(tx, orgId, id);
  else await cancelDeliveries(tx, orgId, id);
  return { channel: await getChannel(tx, orgId, id), before, secretChanged: secret !== undefined };
}

/**
 * Gives a webhook a new key to be signed with; for a day the one before it signs too.
 * @throws AppError `not_found`; `validation` for what is not signed.
 */
export async function rotateChannelSecret(tx: Tx, keys: KeyRing, orgId: string, id: string): Promise<IssuedChannel> {
  await lockChannel(tx, orgId, id);
  const { kind, sealedSecret } = await getChannelRow(tx, orgId, id);
  if (kind !== "webhook") throw new AppError("validation", "Only webhooks are signed with a key, so there is none to replace.");
  const secret = await replaceSigningKey(tx, keys, { orgId, id }, sealedSecret);
  return { channel: await getChannel(tx, orgId, id), secret };
}

/** With it go its deliveries, and it is taken out of the rules. @throws AppError `not_found` */
export async function deleteChannel(tx: Tx, orgId: string, id: string): Promise<Channel> {
  const channel = await getChannel(tx, orgId, id);
  await tx.notificationChannel.delete({ where: { orgId_id: { orgId, id } } });
  return channel;
}

/** Two people who change a channel do so one after the other. */
export async function lockChannel(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx.$executeRaw`select 1 from notification_channel where org_id = ${orgId}::uuid and id = ${id}::uuid for update`;
}

/** What gathers, and what waits for the end of quiet hours, is sent when the channel's new digest and quiet hours say. */
async function retime(tx: Tx, orgId: string, id: string): Promise<void> {
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  const timing = timingOf(await getChannelRow(tx, orgId, id));
  await tx.delivery.updateMany({ where: { orgId, channelId: id, status: "waiting" }, data: { dueAt: sendAt(timing, now) } });
  await tx.delivery.updateMany({ where: { orgId, channelId: id, status: "queued", isTest: false }, data: { dueAt: quietUntil(timing, now) ?? now } });
  await enqueueChannels(tx, [id]);
}

/** What stands in the channel's row and is no secret. */
function columnsOf(definition: ChannelDefinition) {
  const { name, enabled, digest, digestMinute, quietHours, timeZone } = definition;
  const { fromMinute = null, untilMinute = null } = quietHours ?? {};
  const timing = { digest, digestMinute, quietFromMinute: fromMinute, quietUntilMinute: untilMinute, timeZone };
  return { name, enabled, ...timing, ...whereTo(definition) };
}

/** A Slack-style webhook whose address is left out stays where it is. */
function whereTo(definition: ChannelDefinition): Partial<Pick<Row, "recipients" | "address">> {
  switch (definition.kind) {
    case "email":
      return { recipients: definition.recipients };
    case "slack":
      return definition.address === undefined ? {} : { address: maskAddress(definition.address) };
    default:
      return { address: definition.address };
  }
}

/** What decides where the channel's secret may go. */
export function toSecretHolder({ kind, address, sealedSecret }: Row): SecretHolder {
  return { kind, address, hasSecret: sealedSecret !== null };
}

/** A channel whose secret is lost is on again only with another one. */
function requireSecret({ sealedSecret, kind }: Row, definition: ChannelDefinition): void {
  if (sealedSecret !== null || !definition.enabled) return;
  if (definition.kind === "slack" && definition.address === undefined) throw addressMissing();
  if (kind === "webhook")
    throw new AppError("validation", "The signing key of this channel is lost. Replace it, then turn the channel on.", { field: "enabled" });
}

interface Counts {
  id: string;
  waitingCount: number;
  ruleCount: number;
}

async function toChannels(tx: Tx, orgId: string, rows: readonly Row[]): Promise<Channel[]> {
  const counts = await tx.$queryRaw<Counts[]>`
    select c.id,
      (select count(*)::int from delivery d where d.org_id = c.org_id and d.channel_id = c.id and d.status in ('waiting', 'queued', 'retrying') and not d.is_test)
        as "waitingCount",
      (select count(*)::int from notification_rule_channel rc where rc.org_id = c.org_id and rc.channel_id = c.id) as "ruleCount"
    from notification_channel c where c.org_id = ${orgId}::uuid and c.id = any(${rows.map(({ id }) => id)}::uuid[])`;
  const countsOf = new Map(counts.map((each) => [each.id, each]));
  return rows.map((row) => ({ ...toChannel(row), waitingCount: 0, ruleCount: 0, ...countsOf.get(row.id) }));
}

function toChannel(row: Row): Omit<Channel, "waitingCount" | "ruleCount"> {
  const { sealedSecret, sealedOldSecret: _old, quietFromMinute: fromMinute, quietUntilMinute: untilMinute, ...rest } = row;
  const quietHours = fromMinute === null || untilMinute === null ? null : { fromMinute, untilMinute };
  return { ...rest, quietHours, hasToken: row.kind === "ntfy" && sealedSecret !== null };
}
