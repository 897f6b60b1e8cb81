import type { RunFilter } from "@/domain/run";
import type { Prisma } from "@/generated/prisma/client";
import { dayBounds } from "./day-bounds";
import { getRunZone } from "./run-zone";
import type { Tx } from "./transaction";

/** What narrows a list of runs, and its counts. */
type RunConditions = Pick<RunFilter, "status" | "trigger" | "presetId" | "from" | "to">;

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

/**
 * A run belongs to the day of its slot, whenever it was begun; without a slot to the day on which it was asked for. A row that stands for
 * several slots belongs to every day from the oldest to the newest, its own.
 */
function withinDays(days: Pick<RunConditions, "from" | "to">, timeZone: string): Prisma.RunWhereInput {
  const within = dayBounds(days, timeZone);
  const [notBefore, notAfter] = [within.gte && { gte: within.gte }, within.lt && { lt: within.lt }];
  const spanning = { slotAt: { not: null, ...notBefore }, spanStartAt: { not: null, ...notAfter } };
  // No slot is recorded before its time, so the index over when rows were written may leave out what is older.
  return { OR: [{ slotAt: within }, spanning, { slotAt: null, queuedAt: within }], ...(notBefore && { queuedAt: notBefore }) };
}
