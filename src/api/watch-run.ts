import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { RunNotice } from "@/db/notify";
import { findRun } from "@/db/runs";
import { isSessionAlive } from "@/db/sessions";
import { AppError } from "@/domain/errors";
import { type RunDetail, runDetailSchema } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { type Bell, createBell } from "./bell";
import type { ApiContext } from "./context";
import { toTrpcError } from "./error-mapping";
import { type Caller, getActor } from "./init";
import { openStream } from "./stream-limit";

interface WatchTiming {
  /** Looks at least this often, should a notification be lost. Whoever is removed from the organization is noticed within this time. */
  lookAgainMs: number;
  /** Least time between events: a run of a thousand sources changes faster than anybody can read. */
  betweenEventsMs: number;
}

const TIMING: WatchTiming = { lookAgainMs: 10_000, betweenEventsMs: 200 };

interface RunWatch {
  runId: string;
  lastEventId?: string | undefined;
}

type WatchContext = Pick<ApiContext, "db" | "log"> & { caller: Caller };

/**
 * The run as it is now, then after each change (several quick ones count as one), until it has ended. Session and permission are
 * checked for each event, and the end of the session is one. Ends when the signal aborts.
 */
export async function* watchRun(ctx: WatchContext, watch: RunWatch, signal?: AbortSignal, timing = TIMING): AsyncGenerator<TrackedEnvelope<RunDetail>, void> {
  try {
    yield* withStream(ctx, watch, timing, signal);
  } catch (error) {
    // The procedure has returned by now: its own error mapping does not see this.
    throw toTrpcError(error, ctx.log);
  }
}

async function* withStream(ctx: WatchContext, watch: RunWatch, timing: WatchTiming, signal: AbortSignal | undefined) {
  const closeStream = openStream("userId" in ctx.caller ? ctx.caller.userId : ctx.caller.id);
  const bell = createBell();
  // Before the first look, so that no change falls between.
  const unsubscribe = ringOnChange(ctx, watch.runId, bell);
  try {
    yield* followRun(ctx, watch, bell, timing, signal);
  } finally {
    unsubscribe();
    closeStream();
  }
}

async function* followRun(ctx: WatchContext, { runId, lastEventId }: RunWatch, bell: Bell, timing: WatchTiming, signal: AbortSignal | undefined) {
  let sequence = Number.parseInt(lastEventId ?? "", 10) || 0;
  let shown = "";
  for (;;) {
    await refuseEndedSession(ctx);
    const run = await readRun(ctx, runId);
    const state = JSON.stringify(run);
    if (state !== shown) yield tracked(String(++sequence), run);
    if (!isActive(run.status)) return;
    shown = state;
    await createBell().wait(timing.betweenEventsMs, signal);
    await bell.wait(timing.lookAgainMs, signal);
    if (signal?.aborted) return;
  }
}

function ringOnChange({ db, caller }: WatchContext, runId: string, bell: Bell): () => void {
  const undo = [
    db.listener.subscribe("run", (payload) => (JSON.parse(payload) as RunNotice).runId === runId && bell.ring()),
    db.listener.subscribe("session", (sessionId) => sessionId === caller.id && bell.ring()),
    db.listener.onReconnect(() => bell.ring()),
  ];
  return () => {
    for (const ignore of undo) ignore();
  };
}

function readRun({ db, caller }: WatchContext, runId: string): Promise<RunDetail> {
  return db.withTenant(caller.organizationId, async (tx) => {
    await getActor(tx, caller, "run.read");
    const run = await findRun(tx, caller.organizationId, runId);
    if (!run) throw new AppError("not_found", "There is no such run. Go back to the list of runs.");
    // As the output schema of other procedures does: nothing of the row but what is meant for pages.
    return runDetailSchema.parse(run);
  });
}

/** A key that was revoked is noticed with each event. */
async function refuseEndedSession({ db, caller }: WatchContext): Promise<void> {
  if (!("userId" in caller)) return;
  if (!(await isSessionAlive(db.system, caller.id))) throw new AppError("unauthenticated", "You are signed out. Sign in to go on.");
}
