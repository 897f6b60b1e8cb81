import { AppError } from "@/domain/errors";
import { nextOccurrence } from "@/domain/occurrences";
import type { Schedule, ScheduleUpdate } from "@/domain/schedule";
import { dueAtOf } from "@/domain/spread";
import { sameTimeZone } from "@/domain/time-zone";
import type { Schedule as ScheduleRow } from "@/generated/prisma/client";
import { notifySchedules } from "./notify";
import type { Tx } from "./transaction";

type Settings = Pick<Schedule, "cronExpression" | "timeZone" | "presetId" | "enabled" | "missedPolicy" | "runLimitMs">;

const NEW_SCHEDULE: Omit<Settings, "cronExpression" | "timeZone"> = { presetId: null, enabled: false, missedPolicy: "run_once", runLimitMs: null };

async function toSchedule(tx: Tx, row: ScheduleRow): Promise<Schedule> {
  const updatedBy = row.updatedById ? await tx.user.findUnique({ where: { id: row.updatedById }, select: { name: true } }) : null;
  return { ...row, updatedByName: updatedBy?.name ?? null };
}

/** The organization's schedule, or null when it has none. */
export async function findSchedule(tx: Tx, orgId: string): Promise<Schedule | null> {
  const row = await tx.schedule.findUnique({ where: { orgId } });
  return row && toSchedule(tx, row);
}

/** Waits for whoever is changing it: an edit and a dispatch of the same schedule never interleave. */
async function lockSchedule(tx: Tx, orgId: string): Promise<ScheduleRow | null> {
  await tx.$queryRaw`select id from schedule where org_id = ${orgId}::uuid for update`;
  return tx.schedule.findUnique({ where: { orgId } });
}

function refuseStale(stored: ScheduleRow | null, version: number | undefined) {
  const current = stored?.version ?? 0;
  if (version === undefined || version === current) return;
  throw new AppError("version_conflict", "Someone else changed the schedule since you opened it. Your changes are not saved. Compare and save again.", {
    currentVersion: current,
  });
}

function mergedSettings(stored: ScheduleRow | null, update: ScheduleUpdate): Settings {
  const { version: _, ...changes } = update;
  const sent = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Settings>;
  const { cronExpression, timeZone, ...rest } = { ...NEW_SCHEDULE, ...stored, ...sent };
  if (cronExpression === undefined) throw new AppError("validation", "Say when to run: enter a cron expression.", { field: "cronExpression" });
  if (timeZone === undefined) throw new AppError("validation", "Pick the time zone that the times are meant in.", { field: "timeZone" });
  const { presetId, enabled, missedPolicy, runLimitMs } = rest;
  return { cronExpression, timeZone, presetId, enabled, missedPolicy, runLimitMs };
}

async function checkPreset(tx: Tx, orgId: string, settings: Settings) {
  if (settings.presetId === null) {
    if (!settings.enabled) return;
    throw new AppError("validation", "Pick the preset to collect, then turn the schedule on.", { field: "presetId" });
  }
  const preset = await tx.preset.findUnique({ where: { orgId_id: { orgId, id: settings.presetId } }, select: { id: true } });
  if (!preset) throw new AppError("validation", "This preset no longer exists. Pick another one.", { field: "presetId" });
}

/** Only what moves slots moves the lower bound: an edit never fires the past, and an edit of something else loses no slot. */
function movesSlots(stored: ScheduleRow | null, settings: Settings): boolean {
  if (!stored) return true;
  return (
    stored.cronExpression !== settings.cronExpression ||
    !sameTimeZone(stored.timeZone, settings.timeZone) ||
    (settings.enabled && !stored.enabled) ||
    stored.problem !== null
  );
}

/** Row values for these settings, computed at `now` by the firing engine. */
function nextSlot(stored: ScheduleRow | null, settings: Settings, now: Date) {
  const moves = movesSlots(stored, settings);
  const lowerBoundAt = moves || !stored ? now : stored.lowerBoundAt;
  if (!settings.enabled) return { lowerBoundAt, nextRunAt: null, problem: null };
  const nextRunAt = moves || !stored ? nextOccurrence(settings.cronExpression, settings.timeZone, lowerBoundAt) : stored.nextRunAt;
  return { lowerBoundAt, nextRunAt, problem: null };
}

/**
 * Changes the fields that were sent, or makes the schedule where there is none, and tells every scheduler.
 * Creating, editing or enabling never fires a slot that has passed.
 * @throws AppError `version_conflict` when `update.version` is not the stored one, `validation` at the failing field.
 */
export async function saveSchedule(
  tx: Tx,
  orgId: string,
  update: ScheduleUpdate,
  by: { userId: string; now: Date },
): Promise<{ schedule: Schedule; before: Schedule | null }> {
  const stored = await lockSchedule(tx, orgId);
  refuseStale(stored, update.version);
  const settings = mergedSettings(stored, update);
  await checkPreset(tx, orgId, settings);
  const before = stored && (await toSchedule(tx, stored));
  const slot = nextSlot(stored, settings, by.now);
  const values = { ...settings, ...slot, dueAt: dueAtOf(slot.nextRunAt, orgId, stored?.spreadMs ?? 0), updatedById: by.userId };
  const row = stored
    ? await tx.schedule.update({ where: { orgId }, data: { ...values, version: { increment: 1 } } })
    : await tx.schedule.create({ data: { ...values, orgId } });
  await notifySchedules(tx);
  return { schedule: await toSchedule(tx, row), before };
}

/**
 * Deletes the schedule; its runs stay in the ledger.
 * @throws AppError `not_found` when there is none, `version_conflict` when it was changed meanwhile.
 */
export async function removeSchedule(tx: Tx, orgId: string, version: number): Promise<Schedule> {
  const stored = await lockSchedule(tx, orgId);
  if (!stored) throw new AppError("not_found", "There is no schedule to delete.");
  refuseStale(stored, version);
  const removed = await toSchedule(tx, stored);
  await tx.schedule.delete({ where: { orgId } });
  await notifySchedules(tx);
  return removed;
}

/** The distinct instants after `from` and up to `until` at which some schedule is to be dispatched, in order, at most `limit`. */
export async function listNextInstants(tx: Tx, from: Date, until: Date, limit: number): Promise<Date[]> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`
    select distinct due_at as at from schedule
    where enabled and due_at > ${from} and due_at <= ${until}
    order by 1 limit ${limit}`;
  return rows.map((row) => row.at);
}

interface StoredSlot {
  id: string;
  orgId: string;
  spreadMs: number;
  cronExpression: string;
  timeZone: string;
  lowerBoundAt: Date;
  nextRunAt: Date | null;
}

/** Enabled schedules that are not paused for ever, in the order of their ids, for going through all of them in pages. */
export async function listEnabledSchedules(tx: Tx, afterId: string | null, limit: number): Promise<StoredSlot[]> {
  return tx.schedule.findMany({
    where: { enabled: true, OR: [{ pausedAt: null }, { pausedUntil: { not: null } }], ...(afterId && { id: { gt: afterId } }) },
    orderBy: { id: "asc" },
    take: limit,
    select: { id: true, orgId: true, spreadMs: true, cronExpression: true, timeZone: true, lowerBoundAt: true, nextRunAt: true },
  });
}

export interface SlotCorrection {
  id: string;
  /** What was read when the correction was computed; a schedule changed since is left alone. */
  lowerBoundAt: Date;
  nextRunAt: Date | null;
  dueAt: Date | null;
  problem: string | null;
}

/** Stores recomputed slots (zone rules change) where nobody changed the schedule meanwhile. */
export async function correctSlots(tx: Tx, corrections: readonly SlotCorrection[]): Promise<number> {
  if (corrections.length === 0) return 0;
  return tx.$executeRaw`
    update schedule s set next_run_at = c."nextRunAt", due_at = c."dueAt", problem = c.problem
    from jsonb_to_recordset(${JSON.stringify(corrections)}::jsonb)
      as c(id uuid, "lowerBoundAt" timestamptz(3), "nextRunAt" timestamptz(3), "dueAt" timestamptz(3), problem text)
    where s.id = c.id and s.enabled and s.lower_bound_at = c."lowerBoundAt"`;
}
