import { z } from "zod";
import { changesBetween } from "@/db/audit";
import { findUsualRunMs } from "@/db/run-durations";
import { findSchedule, removeSchedule, saveSchedule } from "@/db/schedules";
import { AppError } from "@/domain/errors";
import { type Schedule, schedulePreviewInputSchema, schedulePreviewSchema, scheduleSchema, scheduleUpdateSchema } from "@/domain/schedule";
import { findTimingProblem, previewSchedule, type TimingRules } from "@/domain/schedule-preview";
import { inTransaction, router, signedInProcedure } from "../init";

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
      const changes = changesBetween(before, schedule, ["cronExpression", "timeZone", "presetId", "enabled", "missedPolicy", "runLimitMs"]);
      await ctx.audit({ action: "schedule.update", subjectId: schedule.id, summary: before ? "Changed the schedule" : "Created the schedule", changes });
      return schedule;
    }),

  remove: signedInProcedure
    .input(z.object({ version: z.int().positive() }))
    .use(inTransaction("schedule.remove"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const schedule = await removeSchedule(ctx.tx, ctx.orgId, input.version);
      await ctx.audit({ action: "schedule.remove", subjectId: schedule.id, summary: "Deleted the schedule" });
      return { removed: true };
    }),

  preview: signedInProcedure
    .input(schedulePreviewInputSchema)
    .use(inTransaction("schedule.read"))
    .output(schedulePreviewSchema)
    .query(async ({ ctx, input }) => {
      const rules = { now: await ctx.db.now(), minimumSpacingMs: ctx.settings.minimumSpacingMs };
      return previewSchedule(input, rules, await findUsualRunMs(ctx.tx, ctx.orgId));
    }),
});

/** Judges the merged times, as a partial update may change either half. Thrown after the saving, it undoes it. */
function refuseImpossibleTimes(schedule: Schedule, before: Schedule | null, rules: TimingRules) {
  const sameTimes = before?.cronExpression === schedule.cronExpression && before.timeZone === schedule.timeZone;
  // What is switched off or renamed stays possible where the rules became stricter since.
  if (sameTimes && (before.enabled || !schedule.enabled)) return;
  const problem = findTimingProblem(schedule.cronExpression, schedule.timeZone, rules);
  if (!problem) return;
  throw new AppError("validation", problem.message, { field: problem.input, ...(problem.cronField === null ? {} : { cronField: problem.cronField }) });
}
