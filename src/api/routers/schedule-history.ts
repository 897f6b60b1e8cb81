import { findPresetNames } from "@/db/presets";
import { findVersion, listVersions } from "@/db/schedule-versions";
import type { Tx } from "@/db/transaction";
import { AppError } from "@/domain/errors";
import { formatInCity } from "@/domain/format-time";
import { scheduleSchema } from "@/domain/schedule";
import { type RestorableSettings, scheduleHistoryInputSchema, scheduleHistoryPageSchema, scheduleRestoreSchema } from "@/domain/schedule-history";
import { actInTransaction, actingProcedure } from "../init";
import { saveAudited } from "../save-schedule";

/** The part of the schedule's procedures that looks back. */
export const scheduleHistory = {
  history: actingProcedure
    .input(scheduleHistoryInputSchema)
    .use(actInTransaction("schedule.read"))
    .output(scheduleHistoryPageSchema)
    .query(async ({ ctx, input }) => listVersions(ctx.tx, ctx.orgId, { ...input, now: await ctx.db.now() })),

  restore: actingProcedure
    .input(scheduleRestoreSchema)
    .use(actInTransaction("schedule.update"))
    .output(scheduleSchema)
    .mutation(async ({ ctx, input }) => {
      const then = await findVersion(ctx.tx, ctx.orgId, input.id);
      if (!then)
        throw new AppError("not_found", "There is no such version of the schedule, so nothing was restored. Reload the page to see the ones there are.");
      await refuseLostPreset(ctx.tx, ctx.orgId, then);
      const { cronExpression, timeZone, presetId, missedPolicy, runLimitMs, spreadMs } = then;
      const update = { version: input.version, cronExpression, timeZone, presetId, missedPolicy, runLimitMs, spreadMs };
      return saveAudited(ctx, update, { action: "schedule.restore", summary: `Restored the schedule as of ${formatInCity(then.at, timeZone)}` });
    }),
};

async function refuseLostPreset(tx: Tx, orgId: string, { presetId, presetName }: RestorableSettings) {
  if (presetId === null || (await findPresetNames(tx, orgId, [presetId])).has(presetId)) return;
  throw new AppError(
    "validation",
    `The preset “${presetName}” of that version is deleted, so nothing was restored. Make the changes by hand and pick another preset.`,
    { field: "presetId" },
  );
}
