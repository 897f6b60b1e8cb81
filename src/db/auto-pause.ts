import { autoPauseNote, planAutoPause } from "@/domain/auto-pause";
import type { FailureStreak } from "@/domain/failure-streak";
import { planPause } from "@/domain/pause";
import { isPaused } from "@/domain/pause-state";
import type { Schedule as ScheduleRow } from "@/generated/prisma/client";
import { announce } from "./announce";
import { changesBetween, recordAudit } from "./audit";
import { findFailureStreak } from "./failure-streak";
import { changeSchedule, slotColumns } from "./schedule-change";
import { lockSchedule } from "./schedule-lock";
import type { Tx } from "./transaction";

/**
 * Pauses the organization's schedule, until somebody resumes it, when its runs have been failing for too long. Call it in the
 * transaction in which a scheduled run ended badly, after the run's row was written. The pause says why on the page, stands in the
 * audit as Milkrun's, and reaches every scheduler. True when it paused.
 *
 * It takes the schedule's lock only to pause, so that an ordinary failure waits for no dispatch. A caller may hold locks on runs: a
 * dispatch waits for none. It must not hold the organization's, for which a dispatch waits while it holds schedules.
 */
export async function autoPauseAfter(tx: Tx, orgId: string): Promise<boolean> {
  if ((await findReason(tx, await tx.schedule.findUnique({ where: { orgId } }))) === null) return false;
  const stored = await lockSchedule(tx, orgId);
  const reason = await findReason(tx, stored);
  if (stored === null || reason === null) return false;
  await pause(tx, stored, reason);
  return true;
}

interface Reason {
  streak: FailureStreak;
  now: Date;
}

/** Why this schedule is to be paused now; null when it is not. */
async function findReason(tx: Tx, stored: ScheduleRow | null): Promise<Reason | null> {
  if (!stored?.enabled) return null;
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  // A person's pause has its own note and end; if the runs still fail after it, it is time enough.
  if (isPaused(stored, now)) return null;
  const streak = await findFailureStreak(tx, stored.orgId, stored.resumedAt);
  if (streak === null) return null;
  return planAutoPause({ failedInRow: streak.count, failingSince: streak.since, now }) === "pause" ? { streak, now } : null;
}

async function pause(tx: Tx, stored: ScheduleRow, { streak, now }: Reason) {
  const pauseNote = autoPauseNote(streak, stored.timeZone);
  const data = { pausedAt: now, pausedUntil: null, pauseNote, pausedById: null, skipSlotAt: null, ...slotColumns(planPause(stored, null, now), stored) };
  const { schedule } = await changeSchedule(tx, stored, data, { actorId: null, now });
  await recordAudit(tx, {
    orgId: stored.orgId,
    actorId: null,
    actorName: "Milkrun",
    action: "schedule.pause",
    subjectId: stored.id,
    summary: pauseNote,
    changes: changesBetween<Pick<ScheduleRow, "pausedAt" | "pauseNote">>(stored, schedule, ["pausedAt", "pauseNote"]),
  });
  await announce(tx, [{ orgId: stored.orgId, subject: now.toISOString(), happening: { kind: "auto_paused", note: pauseNote } }]);
}
