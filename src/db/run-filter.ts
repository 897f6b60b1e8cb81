import type { RunFilter } from "@/domain/run";
import { resolveTimeZone } from "@/domain/time-zone";
import type { Prisma } from "@/generated/prisma/client";
import { dayBounds } from "./day-bounds";
import type { Tx } from "./transaction";

/** What narrows a list of runs, and its counts. */
export type RunConditions = Pick<RunFilter, "status" | "trigger" | "presetId" | "from" | "to">;

/** The runs that a filter asks for. Its days are those of the schedule's time zone; without a schedule, of the organization's. */
export async function matchingRuns(tx: Tx, orgId: string, conditions: RunConditions): Promise<Prisma.RunWhereInput> {
  const { status, trigger, presetId, from, to } = conditions;
  return {
    orgId,
    ...(status && { status: { in: status } }),
    ...(trigger && { trigger }),
    ...(presetId && { presetId }),
    ...((from || to) && withinDays({ from, to }, await getRunZone(tx, orgId))),
  };
}

/** A run belongs to the day of its slot, whenever it was begun; without a slot to the day on which it was asked for. */
function withinDays(days: Pick<RunConditions, "from" | "to">, timeZone: string): Prisma.RunWhereInput {
  const within = dayBounds(days, timeZone);
  // No slot is recorded before its time, so the index over when rows were written may leave out what is older.
  return { OR: [{ slotAt: within }, { slotAt: null, queuedAt: within }], ...(within.gte && { queuedAt: { gte: within.gte } }) };
}

/** The zone in which the organization's runs are told: its schedule's, or else its own. A zone can vanish with an update of the zone data. */
export async function getRunZone(tx: Tx, orgId: string): Promise<string> {
  const schedule = await tx.schedule.findUnique({ where: { orgId }, select: { timeZone: true } });
  if (schedule && resolveTimeZone(schedule.timeZone).ok) return schedule.timeZone;
  const { timeZone } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { timeZone: true } });
  return timeZone;
}
