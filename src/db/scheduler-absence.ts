import type { Happening } from "@/domain/notification-event";
import { SCHEDULER_SILENT_MS } from "@/domain/scheduler-silence";
import { announce } from "./announce";
import type { Tx } from "./transaction";

/**
 * Notes that a scheduler is there and, where none was for more than 90 seconds, announces that to the organizations with a rule about it.
 * The row is held until the transaction ends, so that of several schedulers that come back together one does.
 */
export async function noteScheduler(tx: Tx): Promise<void> {
  const [seen] = await tx.$queryRaw<{ from: Date | null; until: Date }[]>`
    with before as materialized (select scheduler_seen_at as at from installation where id = 1 for update)
    update installation set scheduler_seen_at = clock_timestamp() from before where id = 1 returning before.at as "from", scheduler_seen_at as until`;
  if (!seen?.from || seen.until.getTime() - seen.from.getTime() <= SCHEDULER_SILENT_MS) return;
  const { from, until } = seen;
  await announceToAll(tx, from.toISOString(), { kind: "scheduler_down", from, until });
}

/** Since when no scheduler has checked in; null while one has within 90 seconds, and where there never was one. */
export async function findSilence(tx: Tx): Promise<Date | null> {
  const [silent] = await tx.$queryRaw<{ from: Date }[]>`
    select scheduler_seen_at as "from" from installation
    where id = 1 and scheduler_seen_at < clock_timestamp() - ${SCHEDULER_SILENT_MS}::int * interval '1 millisecond'`;
  return silent?.from ?? null;
}

/** Announces that no scheduler has checked in since then, while it lasts. Told once, whoever announces it. */
export async function announceSilence(tx: Tx, from: Date): Promise<void> {
  await announceToAll(tx, `${from.toISOString()} silent`, { kind: "scheduler_silent", from });
}

async function announceToAll(tx: Tx, subject: string, happening: Happening): Promise<void> {
  const concerned = await tx.notificationRule.findMany({ where: { event: "scheduler_down", enabled: true }, distinct: ["orgId"], select: { orgId: true } });
  await announce(
    tx,
    concerned.map(({ orgId }) => ({ orgId, subject, happening })),
  );
}
