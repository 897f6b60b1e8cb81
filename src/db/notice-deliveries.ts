import { randomUUID } from "node:crypto";
import { type SendTiming, sendAt } from "@/domain/send-time";
import type { NotificationChannel, Prisma } from "@/generated/prisma/client";
import type { RuleNotice } from "./judge-run";
import type { Tx } from "./transaction";

/** When a channel is written to, as its row says it. */
export function timingOf(row: NotificationChannel): SendTiming {
  const { digest, digestMinute, quietFromMinute: fromMinute, quietUntilMinute: untilMinute, timeZone } = row;
  return { digest, digestMinute, quietHours: fromMinute === null || untilMinute === null ? null : { fromMinute, untilMinute }, timeZone };
}

/**
 * Writes what a rule has to say, and puts it on its way to each of the rule's channels that are on: into a message of its own where it may be
 * sent at once, else into the one that gathers there. A notice that is there already is left as it is: the unique index decides. Returns the
 * channels that the caller is to queue.
 */
export async function gatherNotice(tx: Tx, rule: { orgId: string; ruleId: string; at: Date }, { content, subject }: RuleNotice): Promise<string[]> {
  const { orgId, ruleId, at } = rule;
  const id = randomUUID();
  const { type, title, text, path, data } = content;
  const { count } = await tx.notice.createMany({
    data: { id, orgId, ruleId, subject, at, type, title, text, path, data: data as Prisma.InputJsonObject },
    skipDuplicates: true,
  });
  if (count === 0) return [];
  const channels = await holdChannels(tx, orgId, ruleId);
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  for (const channel of channels) {
    const dueAt = sendAt(timingOf(channel), now);
    const deliveryId = dueAt <= now ? await beginDelivery(tx, channel, now) : await findGathering(tx, channel, dueAt);
    await tx.deliveryNotice.create({ data: { orgId, deliveryId, noticeId: id } });
  }
  return channels.map((channel) => channel.id);
}

/** The rule's channels that are on. A person turns one off, or deletes it, before this or after: nothing is put on one that was just turned off. */
async function holdChannels(tx: Tx, orgId: string, ruleId: string): Promise<NotificationChannel[]> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    select c.id from notification_channel c
    where c.org_id = ${orgId}::uuid and exists (
      select from notification_rule_channel rc where rc.org_id = c.org_id and rc.channel_id = c.id and rc.rule_id = ${ruleId}::uuid)
    order by c.id for key share of c`;
  return tx.notificationChannel.findMany({ where: { orgId, id: { in: held.map(({ id }) => id) }, enabled: true }, orderBy: { id: "asc" } });
}

type ChannelId = Pick<NotificationChannel, "orgId" | "id">;

async function beginDelivery(tx: Tx, { orgId, id: channelId }: ChannelId, now: Date): Promise<string> {
  const { id } = await tx.delivery.create({ data: { orgId, channelId, status: "queued", dueAt: now, queuedAt: now, createdAt: now }, select: { id: true } });
  return id;
}

/** The message that gathers on the channel, or a new one. It is held, so that it is not sent before the caller has put something into it. */
async function findGathering(tx: Tx, channel: ChannelId, dueAt: Date): Promise<string> {
  for (;;) {
    await tx.$executeRaw`
      insert into delivery (id, org_id, channel_id, status, due_at)
      values (gen_random_uuid(), ${channel.orgId}::uuid, ${channel.id}::uuid, 'waiting', ${dueAt}) on conflict (org_id, channel_id) where status = 'waiting' do nothing`;
    const [held] = await tx.$queryRaw<{ id: string }[]>`
      select id from delivery where org_id = ${channel.orgId}::uuid and channel_id = ${channel.id}::uuid and status = 'waiting' for update`;
    if (held) return held.id;
  }
}
