import { z } from "zod";
import { listRunEvents } from "@/db/run-events";
import { readRunHistory } from "@/db/run-history";
import { readRunTimeline } from "@/db/run-timeline";
import { countRuns, findRun, hasRun, listRuns, requestCancel } from "@/db/runs";
import type { Tx } from "@/db/transaction";
import { AppError } from "@/domain/errors";
import { type RunDetail, runCountsSchema, runDetailSchema, runFilterSchema, runPageSchema, runScopeSchema } from "@/domain/run";
import { type RunLogFilter, type RunLogPage, runLogFilterSchema, runLogPageSchema } from "@/domain/run-event";
import { runHistorySchema } from "@/domain/run-history";
import { runTimelineInputSchema, runTimelineSchema } from "@/domain/run-timeline";
import { chosenSourcesSchema } from "@/domain/source-bulk";
import { actAuthorized, actInTransaction, actingProcedure, router } from "../init";
import { collectPickedNow, retryFailedNow, startRunNow } from "../start-run-now";
import { watchRun } from "../watch-run";

const runId = z.object({ runId: z.uuid("Pick a run from the list.") });
/** One per click, so that a click that is sent twice starts one run. */
const click = z.object({ requestKey: z.uuid() });
const startedRun = z.object({ runId: z.uuid(), number: z.int() });

export const runRouter = router({
  list: actingProcedure
    .input(runFilterSchema)
    .use(actInTransaction("run.read"))
    .output(runPageSchema)
    .query(({ ctx, input }) => listRuns(ctx.tx, ctx.orgId, input)),

  counts: actingProcedure
    .input(runScopeSchema)
    .use(actInTransaction("run.read"))
    .output(runCountsSchema)
    .query(({ ctx, input }) => countRuns(ctx.tx, ctx.orgId, input)),

  timeline: actingProcedure
    .input(runTimelineInputSchema)
    .use(actInTransaction("run.read"))
    .output(runTimelineSchema)
    .query(async ({ ctx, input }) => readRunTimeline(ctx.tx, ctx.orgId, input, await ctx.db.now())),

  history: actingProcedure
    .use(actInTransaction("run.read"))
    .output(runHistorySchema)
    .query(async ({ ctx }) => readRunHistory(ctx.tx, ctx.orgId, await ctx.db.now())),

  get: actingProcedure
    .input(runId)
    .use(actInTransaction("run.read"))
    .output(runDetailSchema)
    .query(({ ctx, input }) => getRun(ctx.tx, ctx.orgId, input.runId)),

  log: actingProcedure
    .input(runLogFilterSchema)
    .use(actInTransaction("run.read"))
    .output(runLogPageSchema)
    .query(({ ctx, input }) => getLog(ctx.tx, ctx.orgId, input)),

  start: actingProcedure
    .input(click.extend({ presetId: z.uuid("Pick a preset from the list.").optional() }))
    .use(actInTransaction("run.start"))
    .output(startedRun)
    .mutation(async ({ ctx, input }) => {
      const run = await startRunNow(ctx.tx, ctx.orgId, { ...input, actor: ctx.actor, defaultLimitMs: ctx.settings.runLimitMs });
      if (run.isNew) await ctx.audit({ action: "run.start", subjectId: run.runId, summary: `Started run ${run.number}` });
      return run;
    }),

  retryFailed: actingProcedure
    .input(click.extend(runId.shape))
    .use(actInTransaction("run.start"))
    .output(startedRun)
    .mutation(async ({ ctx, input }) => {
      const run = await retryFailedNow(ctx.tx, ctx.orgId, { ...input, actor: ctx.actor, defaultLimitMs: ctx.settings.runLimitMs });
      if (run.isNew) {
        const summary = `Started run ${run.number} to collect the failed sources of run ${run.retryOfNumber} again`;
        await ctx.audit({ action: "run.retryFailed", subjectId: run.runId, summary });
      }
      return run;
    }),

  startSources: actingProcedure
    .input(click.extend({ sourceIds: chosenSourcesSchema }))
    .use(actInTransaction("run.start"))
    .output(startedRun)
    .mutation(async ({ ctx, input }) => {
      const run = await collectPickedNow(ctx.tx, ctx.orgId, { ...input, actor: ctx.actor, defaultLimitMs: ctx.settings.runLimitMs });
      if (run.isNew) await ctx.audit({ action: "run.startSources", subjectId: run.runId, summary: `Started run ${run.number} of sources picked by hand` });
      return run;
    }),

  cancel: actingProcedure
    .input(runId)
    .use(actInTransaction("run.cancel"))
    .output(runDetailSchema)
    .mutation(async ({ ctx, input }) => {
      const run = await requestCancel(ctx.tx, ctx.orgId, input.runId, ctx.actor.id);
      await ctx.audit({ action: "run.cancel", subjectId: run.id, summary: `Asked run ${run.number} to stop` });
      return run;
    }),

  events: actingProcedure
    .input(runId.extend({ lastEventId: z.string().max(20).optional() }))
    .use(actAuthorized("run.read"))
    .subscription(({ ctx, input, signal }) => watchRun(ctx, input, signal)),
});

async function getRun(tx: Tx, orgId: string, runId: string): Promise<RunDetail> {
  const run = await findRun(tx, orgId, runId);
  if (!run) throw noSuchRun();
  return run;
}

/** A live log is asked for part by part, and only the first one tells of the run itself. */
async function getLog(tx: Tx, orgId: string, filter: RunLogFilter): Promise<RunLogPage> {
  if (filter.cursor < 0) return listRunEvents(tx, orgId, filter, await getRun(tx, orgId, filter.runId));
  if (!(await hasRun(tx, orgId, filter.runId))) throw noSuchRun();
  return listRunEvents(tx, orgId, filter, null);
}

function noSuchRun(): AppError {
  return new AppError("not_found", "There is no such run. Go back to the list of runs.");
}
