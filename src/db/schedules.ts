import { AppError } from "@/domain/errors";
import { nextOccurrence } from "@/domain/occurrences";
import type { SlotPosition } from "@/domain/pause";
import { isPaused } from "@/domain/pause-state";
import type { Schedule, ScheduleUpdate } from "@/domain/schedule";
import { sameTimeZone } from "@/domain/time-zone";
import type { Schedule as ScheduleRow } from "@/generated/prisma/client";
import { notifySchedules } from "./notify";
import { type ChangedBy, changeSchedule, NO_PAUSE, slotColumns } from "./schedule-change";
import { getLockedSchedule, lockSchedule, refuseStale } from "./schedule-lock";
import { keepVersion } from "./schedule-versions";
import { toSchedule } from "./schedule-view";
import type { Tx } from "./transaction";

/** What a person sets on a schedule. */
export type ScheduleSettings = Pick<Schedule, "cronExpression" | "timeZone" | "presetId" | "enabled" | "missedPolicy" | "runLimitMs" | "spreadMs">;

const NEW_SCHEDULE: Omit<ScheduleSettings, "cronExpression" | "timeZone"> = {
  presetId: null,
  enabled: false,
  missedPolicy: "run_once",
  runLimitMs: null,
  spreadMs: 0,
};

/** The organization's schedule, or null when it has none. */
export async function findSchedule(tx: Tx, orgId: string): Promise<Schedule | null> {
  const row = await tx.schedule.findUnique({ where: { orgId } });
  return row && toSchedule(tx, row);
}

function mergedSettings(stored: ScheduleRow | null, update: ScheduleUpdate): ScheduleSettings {
  const { version: _, ...changes } = update;
  const sent = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<ScheduleSettings>;
  const { cronExpression, timeZone, ...rest } = { ...NEW_SCHEDULE, ...stored, ...sent };
  if (cronExpression === undefined) throw new AppError("validation", "Say when to run: enter a cron expression.", { field: "cronExpression" });
  if (timeZone === undefined) throw new AppError("validation", "Pick the time zone that the times are meant in.", { field: "timeZone" });
  const { presetId, enabled, missedPolicy, runLimitMs, spreadMs } = rest;
  return { cronExpression, timeZone, presetId, enabled, missedPolicy, runLimitMs, spreadMs };
}

async function checkPreset(tx: Tx, orgId: string, settings: ScheduleSettings) {
  if (settings.presetId === null) {
    if (!settings.enabled) return;
    throw new AppError("validation", "Pick the preset to collect, then turn the schedule on.", { field: "presetId" });
  }
  const preset = await tx.preset.findUnique({ where: { orgId_id: { orgId, id: settings.presetId } }, select: { id: true } });
  if (!preset) throw new AppError("validation", "This preset no longer exists. Pick another one.", { field: "presetId" });
}

/** Only what moves slots moves the lower bound: an edit never fires the past, and an edit of something else loses no slot. */
function movesSlots(stored: ScheduleRow | null, settings: ScheduleSettings): boolean {
  if (!stored) return true;
  return (
    stored.cronExpression !== settings.cronExpression ||
    !sameTimeZone(stored.timeZone, settings.timeZone) ||
    (settings.enabled && !stored.enabled) ||
    stored.problem !== null
  );
}

/** Where the slots of these settings go on. A pause keeps its bound, whatever is edited meanwhile: only its slots are computed anew. */
function positionOf(stored: ScheduleRow | null, settings: ScheduleSettings, now: Date): SlotPosition {
  const moves = movesSlots(stored, settings);
  const paused = stored !== null && isPaused(stored, now);
  const lowerBoundAt = stored === null || (moves && !paused) ? now : stored.lowerBoundAt;
  if (!settings.enabled || (paused && stored.pausedUntil === null)) return { lowerBoundAt, nextRunAt: null };
  const nextRunAt = moves || stored === null ? nextOccurrence(settings.cronExpression, settings.timeZone, lowerBoundAt) : stored.nextRunAt;
  return { lowerBoundAt, nextRunAt };
}

/** What an edit does besides: it forgets a pause that is over or of a schedule that is off, and a slot that was to be left out of other times. */
function sideEffects(stored: ScheduleRow, settings: ScheduleSettings, now: Date) {
  const keepsPause = settings.enabled && isPaused(stored, now);
  const turnsOn = settings.enabled && !stored.enabled;
  return {
    ...(keepsPause ? {} : NO_PAUSE),
    ...(settings.enabled && !movesSlots(stored, settings) ? {} : { skipSlotAt: null }),
    // Turning it on is as good as resuming it: a person wants it to run.
    ...(turnsOn ? { resumedAt: now } : {}),
  };
}

/**
 * Changes the fields that were sent, or makes the schedule where there is none, and tells every scheduler.
 * Creating, editing or enabling never fires a slot that has passed. A pause survives any edit but turning the schedule off.
 * @throws AppError `version_conflict` when `update.version` is not the stored one, `validation` at the failing field.
 */
export async function saveSchedule(
  tx: Tx,
  orgId: string,
  update: ScheduleUpdate,
  by: ChangedBy,
): Promise<{ schedule: Schedule; before: ScheduleSettings | null }> {
  const stored = await lockSchedule(tx, orgId);
  refuseStale(stored, update.version);
  const settings = mergedSettings(stored, update);
  await checkPreset(tx, orgId, settings);
  const slot = slotColumns(positionOf(stored, settings, by.now), { orgId, spreadMs: settings.spreadMs });
  const values = { ...settings, ...slot, problem: null };
  if (stored) return changeSchedule(tx, stored, { ...values, ...sideEffects(stored, settings, by.now) }, by);
  const created = await tx.schedule.create({ data: { ...values, orgId, updatedById: by.actorId } });
  await keepVersion(tx, created.id, by);
  await notifySchedules(tx);
  return { schedule: await toSchedule(tx, created), before: null };
}

/**
 * Deletes the schedule and gives back what it was; its runs stay in the ledger.
 * @throws AppError `not_found` when there is none, `version_conflict` when it was changed meanwhile.
 */
export async function removeSchedule(tx: Tx, orgId: string, version: number): Promise<ScheduleSettings & { id: string }> {
  const removed = await getLockedSchedule(tx, orgId, version);
  await tx.schedule.delete({ where: { orgId } });
  await notifySchedules(tx);
  return removed;
}
