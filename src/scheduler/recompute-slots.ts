import type { Database } from "@/db/client";
import { correctSlots, listEnabledSchedules, type SlotCorrection } from "@/db/schedules";
import { nextOccurrence } from "@/domain/occurrences";
import { dueAtOf } from "@/domain/spread";
import { describeProblem } from "./describe-problem";

const PAGE = 1_000;

type Enabled = Awaited<ReturnType<typeof listEnabledSchedules>>[number];

function correctionFor(schedule: Enabled): SlotCorrection | null {
  const { id, orgId, spreadMs, lowerBoundAt, cronExpression, timeZone } = schedule;
  try {
    const nextRunAt = nextOccurrence(cronExpression, timeZone, lowerBoundAt);
    if (nextRunAt?.getTime() === schedule.nextRunAt?.getTime()) return null;
    return { id, lowerBoundAt, nextRunAt, dueAt: dueAtOf(nextRunAt, orgId, spreadMs), problem: nextRunAt ? null : describeProblem(null) };
  } catch (error) {
    return { id, lowerBoundAt, nextRunAt: null, dueAt: null, problem: describeProblem(error) };
  }
}

/**
 * Computes every enabled schedule's next slot anew, since zone rules change with the program's time zone data. Returns how many were
 * corrected. One that cannot be computed is flagged on its page and stops no other.
 */
export async function recomputeSlots(db: Database): Promise<number> {
  let corrected = 0;
  for (let after: string | null = null; ; ) {
    const page: Enabled[] = await listEnabledSchedules(db.system, after, PAGE);
    const corrections = page.map(correctionFor).filter((correction) => correction !== null);
    corrected += await correctSlots(db.system, corrections);
    after = page.at(-1)?.id ?? null;
    if (page.length < PAGE) return corrected;
  }
}
