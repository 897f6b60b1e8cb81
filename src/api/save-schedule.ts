import { type AuditAction, changesBetween } from "@/db/audit";
import type { Database } from "@/db/client";
import { findPresetNames } from "@/db/presets";
import { type ScheduleSettings, saveSchedule } from "@/db/schedules";
import type { Tx } from "@/db/transaction";
import type { Actor } from "@/domain/actor";
import type { Changes } from "@/domain/audit";
import { getCronExpression } from "@/domain/cron-expression";
import { AppError } from "@/domain/errors";
import type { Schedule, ScheduleUpdate } from "@/domain/schedule";
import { findTimingProblem, type TimingRules } from "@/domain/schedule-preview";
import { readsAlike } from "@/domain/second-reading";

interface SavingContext {
  db: Pick<Database, "now">;
  tx: Tx;
  orgId: string;
  actor: Actor;
  settings: { minimumSpacingMs: number };
  audit(action: AuditAction): Promise<void>;
}

/**
 * Saves the schedule with its entry in the audit.
 * @param said What the audit calls it; where left out, by what it changes.
 * @throws AppError as `saveSchedule` does; `validation` for times that never come or come too often for the operator.
 */
export async function saveAudited(ctx: SavingContext, update: ScheduleUpdate, said?: Pick<AuditAction, "action" | "summary">): Promise<Schedule> {
  const now = await ctx.db.now();
  if (update.cronExpression !== undefined) requireOneMeaning(update.cronExpression);
  const { schedule, before } = await saveSchedule(ctx.tx, ctx.orgId, update, { actorId: ctx.actor.id, now });
  refuseImpossibleTimes(schedule, before, { now, minimumSpacingMs: ctx.settings.minimumSpacingMs });
  const changes = await settingsChanges(ctx.tx, ctx.orgId, before, schedule);
  const words = said ?? { action: "schedule.update", summary: before ? changeWords(changes) : "Created the schedule" };
  await ctx.audit({ ...words, subjectId: schedule.id, changes });
  return schedule;
}

function changeWords({ enabled, ...others }: Changes): string {
  return enabled && Object.keys(others).length === 0 ? `Turned the schedule ${enabled.to ? "on" : "off"}` : "Changed the schedule";
}

/** Old and new settings for the audit. The preset goes by its name: its id would say nothing once it is deleted. */
export async function settingsChanges(tx: Tx, orgId: string, before: ScheduleSettings | null, after: ScheduleSettings | null): Promise<Changes> {
  const nameOf = await findPresetNames(tx, orgId, [before?.presetId, after?.presetId]);
  const named = (settings: ScheduleSettings | null) => settings && { ...settings, preset: settings.presetId && (nameOf.get(settings.presetId) ?? null) };
  return changesBetween(named(before), named(after), ["cronExpression", "timeZone", "preset", "enabled", "missedPolicy", "runLimitMs", "spreadMs"]);
}

/** A doubtful reading is our fault and not the person's: it is logged, and nothing is saved. */
function requireOneMeaning(cronExpression: string) {
  if (!readsAlike(getCronExpression(cronExpression))) throw new Error(`Two readers of "${cronExpression}" do not agree.`);
}

/** Judges the merged times, as a partial update may change either half. Thrown after the saving, it undoes it. */
function refuseImpossibleTimes(schedule: Schedule, before: ScheduleSettings | null, rules: TimingRules) {
  const sameTimes = before?.cronExpression === schedule.cronExpression && before.timeZone === schedule.timeZone;
  // What is switched off or renamed stays possible where the rules became stricter since.
  if (sameTimes && (before.enabled || !schedule.enabled)) return;
  const problem = findTimingProblem(schedule.cronExpression, schedule.timeZone, rules);
  if (!problem) return;
  throw new AppError("validation", problem.message, { field: problem.input, ...(problem.cronField === null ? {} : { cronField: problem.cronField }) });
}
