import { z } from "zod";
import { changesBetween } from "@/db/audit";
import type { Database } from "@/db/client";
import { findUsualRunMs } from "@/db/run-durations";
import type { ChangedBy, ScheduleChange } from "@/db/schedule-change";
import { pauseSchedule, resumeSchedule } from "@/db/schedule-pause";
import { findSchedule, removeSchedule } from "@/db/schedules";
import { skipNextSlot, unskipSlot } from "@/db/skip-slot";
import type { Actor } from "@/domain/actor";
import type { Changes } from "@/domain/audit";
import { formatInCity } from "@/domain/format-time";
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
import { previewSchedule } from "@/domain/schedule-preview";
import { actInTransaction, actingProcedure, router } from "../init";
import { saveAudited, settingsChanges } from "../save-schedule";
import { scheduleHistory } from "./schedule-history";

export const scheduleRouter = router({
  ...scheduleHistory,

  get: actingProcedure
    .use(actInTransaction("schedule.read"))
    .output(scheduleSchema.nullable())
    .query(({ ctx }) => findSchedule(ctx.tx, ctx.orgId)),

  update: actingProcedure
    .input(scheduleUpdateSchema)
    .use(actInTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(({ ctx, input }) => saveAudited(ctx, input)),

  pause: actingProcedure
    .input(schedulePauseSchema)
    .use(actInTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await pauseSchedule(ctx.tx, ctx.orgId, input, await changedBy(ctx));
      const { pausedUntil } = change.schedule;
      const summary = `Paused the schedule until ${pausedUntil ? formatInCity(pausedUntil, change.schedule.timeZone) : "somebody resumes it"}`;
      await ctx.audit({ action: "schedule.pause", subjectId: change.schedule.id, summary, changes: controlChanges(change) });
      return change.schedule;
    }),

  resume: actingProcedure
    .input(scheduleVersionSchema)
    .use(actInTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await resumeSchedule(ctx.tx, ctx.orgId, input.version, await changedBy(ctx));
      const { schedule, before } = change;
      const action = { action: "schedule.resume", subjectId: schedule.id, summary: "Resumed the schedule", changes: controlChanges(change) };
      if (schedule.version !== before.version) await ctx.audit(action);
      return schedule;
    }),

  skipNext: actingProcedure
    .input(skipNextSchema)
    .use(actInTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await skipNextSlot(ctx.tx, ctx.orgId, input, await changedBy(ctx));
      const summary = `Left out the run of ${formatInCity(input.slotAt, change.schedule.timeZone)}`;
      await ctx.audit({ action: "schedule.skipNext", subjectId: change.schedule.id, summary, changes: controlChanges(change) });
      return change.schedule;
    }),

  unskip: actingProcedure
    .input(scheduleVersionSchema)
    .use(actInTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const change = await unskipSlot(ctx.tx, ctx.orgId, input.version, await changedBy(ctx));
      const { schedule, before } = change;
      const summary = before.skipSlotAt && `Put the run of ${formatInCity(before.skipSlotAt, schedule.timeZone)} back`;
      if (summary) await ctx.audit({ action: "schedule.unskip", subjectId: schedule.id, summary, changes: controlChanges(change) });
      return schedule;
    }),

  remove: actingProcedure
    .input(scheduleVersionSchema)
    .use(actInTransaction("schedule.remove"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const removed = await removeSchedule(ctx.tx, ctx.orgId, input.version);
      const changes = await settingsChanges(ctx.tx, ctx.orgId, removed, null);
      await ctx.audit({ action: "schedule.remove", subjectId: removed.id, summary: "Deleted the schedule", changes });
      return { removed: true };
    }),

  preview: actingProcedure
    .input(schedulePreviewInputSchema)
    .use(actInTransaction("schedule.read"))
    .output(schedulePreviewSchema)
    .query(async ({ ctx, input }) => {
      const rules = { now: await ctx.db.now(), minimumSpacingMs: ctx.settings.minimumSpacingMs };
      return previewSchedule(input, rules, { orgId: ctx.orgId, usualRunMs: await findUsualRunMs(ctx.tx, ctx.orgId) });
    }),
});

async function changedBy({ actor, db }: { actor: Actor; db: Pick<Database, "now"> }): Promise<ChangedBy> {
  return { actorId: actor.id, now: await db.now() };
}

type Control = Pick<Schedule, "pausedAt" | "pausedUntil" | "pauseNote" | "skipSlotAt">;

function controlChanges({ schedule, before }: ScheduleChange): Changes {
  return changesBetween<Control>(before, schedule, ["pausedAt", "pausedUntil", "pauseNote", "skipSlotAt"]);
}
