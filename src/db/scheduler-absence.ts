import { SCHEDULER_SILENT_MS } from "@/domain/scheduler-silence";
import { announce } from "./announce";
import type { Tx } from "./transaction";

/**
 * Notes that a scheduler is there and, where none was for more than 90 seconds, announces that to the organizations with a rule about it.
 * The row is held until the transaction ends, so that of several schedulers that come back together one does. Nobody can announce it while it
 * lasts: that a scheduler is away shows on every page, and is told of once one is there again.
 */
export async function noteScheduler(tx: Tx): Promise<void> {
  const [seen] = await tx.$queryRaw<{ from: Date | null; until: Date }[]>`
    with before as materialized (select scheduler_seen_at as at from installation where id = 1 for update)
    update installation set scheduler_seen_at = clock_timestamp() from before where id = 1 returning before.at as "from", scheduler_seen_at as until`;
  if (!seen?.from || seen.until.getTime() - seen.from.getTime() <= SCHEDULER_SILENT_MS) return;
  const { from, until } = seen;
  const concerned = await tx.notificationRule.findMany({ where: { event: "scheduler_down", enabled: true }, distinct: ["orgId"], select: { orgId: true } });
  await announce(
    tx,
    concerned.map(({ orgId }) => ({ orgId, subject: from.toISOString(), happening: { kind: "scheduler_down", from, until } })),
  );
}
