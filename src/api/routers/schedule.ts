import { z } from "zod";
import { type Changes, changesBetween } from "@/db/audit";
import type { Database } from "@/db/client";
import { findUsualRunMs } from "@/db/run-durations";
import type { ChangedBy, ScheduleChange } from "@/db/schedule-change";
import { pauseSchedule, resumeSchedule } from "@/db/schedule-pause";
import { findSchedule, removeSchedule, type ScheduleSettings, saveSchedule } from "@/db/schedules";
import { skipNextSlot, unskipSlot } from "@/db/skip-slot";
import { AppError } from "@/domain/errors";
import { formatInZone } from "@/domain/format-time";
import { schedulePauseSchema } from "@/domain/pause";
import {
  type Schedule,
  schedulePreviewInputSchema,
  schedulePreviewSchema,
  scheduleSchema,
  scheduleUpdateSchema,
  scheduleVersionSchema,
  skipNextSchema,
} from "@/domain/schedule";
import { findTimingProblem, previewSchedule, type TimingRules } from "@/domain/schedule-preview";
import { timeZoneCity } from "@/domain/time-zone";
import { inTransaction, router, signedInProcedure } from "../init";

const SETTINGS = ["cronExpression", "timeZone", "presetId", "enabled", "missedPolicy", "runLimitMs", "spreadMs"] as const;

export const scheduleRouter = router({
  get: signedInProcedure
    .use(inTransaction("schedule.read"))
    .output(scheduleSchema.nullable())
    .query(({ ctx }) => findSchedule(ctx.tx, ctx.orgId)),

  update: signedInProcedure
    .input(scheduleUpdateSchema)
    .use(inTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const now = await ctx.db.now();
      const { schedule, before } = await saveSchedule(ctx.tx, ctx.orgId, input, { userId: ctx.session.userId, now });
      refuseImpossibleTimes(schedule, before, { now, minimumSpacingMs: ctx.settings.minimumSpacingMs });
      const changes = changesBetween<ScheduleSettings>(before, schedule, SETTINGS);
      await ctx.audit({ action: "schedule.update", subjectId: schedule.id, summary: before ? "Changed the schedule" : "Created the schedule", changes });
      return schedule;
    }),

  pause: signedInProcedure
    .input(schedulePauseSchema)
    .use(inTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await pauseSchedule(ctx.tx, ctx.orgId, input, await changedBy(ctx));
      const { pausedUntil } = change.schedule;
      const summary = `Paused the schedule until ${pausedUntil ? when(pausedUntil, change.schedule) : "somebody resumes it"}`;
      await ctx.audit({ action: "schedule.pause", subjectId: change.schedule.id, summary, changes: controlChanges(change) });
      return change.schedule;
    }),

  resume: signedInProcedure
    .input(scheduleVersionSchema)
    .use(inTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await resumeSchedule(ctx.tx, ctx.orgId, input.version, await changedBy(ctx));
      const { schedule, before } = change;
      const action = { action: "schedule.resume", subjectId: schedule.id, summary: "Resumed the schedule", changes: controlChanges(change) };
      if (schedule.version !== before.version) await ctx.audit(action);
      return schedule;
    }),

  skipNext: signedInProcedure
    .input(skipNextSchema)
    .use(inTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await skipNextSlot(ctx.tx, ctx.orgId, input, await changedBy(ctx));
      const summary = `Left out the run of ${when(input.slotAt, change.schedule)}`;
      await ctx.audit({ action: "schedule.skipNext", subjectId: change.schedule.id, summary, changes: controlChanges(change) });
      return change.schedule;
    }),

  unskip: signedInProcedure
    .input(scheduleVersionSchema)
    .use(inTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await unskipSlot(ctx.tx, ctx.orgId, input.version, await changedBy(ctx));
      const { schedule, before } = change;
      const summary = before.skipSlotAt && `Put the run of ${when(before.skipSlotAt, schedule)} back`;
      if (summary) await ctx.audit({ action: "schedule.unskip", subjectId: schedule.id, summary, changes: controlChanges(change) });
      return schedule;
    }),

  remove: signedInProcedure
    .input(scheduleVersionSchema)
    .use(inTransaction("schedule.remove"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const { id } = await removeSchedule(ctx.tx, ctx.orgId, input.version);
      await ctx.audit({ action: "schedule.remove", subjectId: id, summary: "Deleted the schedule" });
      return { removed: true };
    }),

  preview: signedInProcedure
    .input(schedulePreviewInputSchema)
    .use(inTransaction("schedule.read"))
    .output(schedulePreviewSchema)
    .query(async ({ ctx, input }) => {
      const rules = { now: await ctx.db.now(), minimumSpacingMs: ctx.settings.minimumSpacingMs };
      return previewSchedule(input, rules, { orgId: ctx.orgId, usualRunMs: await findUsualRunMs(ctx.tx, ctx.orgId) });
    }),
});

async function changedBy({ session, db }: { session: { userId: string }; db: Pick<Database, "now"> }): Promise<ChangedBy> {
  return { userId: session.userId, now: await db.now() };
}

type Control = Pick<Schedule, "pausedAt" | "pausedUntil" | "pauseNote" | "skipSlotAt">;

function controlChanges({ schedule, before }: ScheduleChange): Changes {
  return changesBetween<Control>(before, schedule, ["pausedAt", "pausedUntil", "pauseNote", "skipSlotAt"]);
}

function when(at: Date, { timeZone }: Schedule): string {
  return `${formatInZone(at, timeZone, true)} ${timeZoneCity(timeZone)}`;
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
