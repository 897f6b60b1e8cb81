import { startPickedSources } from "@/db/picked-run";
import type { StartedRun } from "@/db/queue-run";
import { retryFailedSources } from "@/db/retry-run";
import { startRun } from "@/db/runs";
import { findSchedule } from "@/db/schedules";
import type { Tx } from "@/db/transaction";
import type { Actor } from "@/domain/actor";
import { AppError } from "@/domain/errors";

interface Click {
  requestKey: string;
  actor: Actor;
  /** Applies when the schedule sets no time limit. */
  defaultLimitMs: number;
}

interface RunNowRequest extends Click {
  /** The schedule's preset, if left out. */
  presetId?: string | undefined;
}

/**
 * Starts the run that a person asked for, with the schedule's preset and time limit where the request names none.
 * @throws AppError `validation` when there is no preset to collect, `run_in_progress` naming the active run.
 */
export async function startRunNow(tx: Tx, orgId: string, request: RunNowRequest): Promise<StartedRun> {
  const schedule = await findSchedule(tx, orgId);
  const presetId = request.presetId ?? schedule?.presetId;
  if (!presetId) throw new AppError("validation", "There is nothing to collect yet. Pick a preset, then run it.", { field: "presetId" });
  const limitMs = schedule?.runLimitMs ?? request.defaultLimitMs;
  return startRun(tx, orgId, { presetId, requestKey: request.requestKey, limitMs, ...startedBy(request.actor) });
}

/**
 * Collects the failed sources of a run again, under the schedule's time limit as it is now.
 * @throws AppError as `retryFailedSources` does.
 */
export async function retryFailedNow(tx: Tx, orgId: string, request: Click & { runId: string }): Promise<StartedRun & { retryOfNumber: number }> {
  const { runId, requestKey, actor, defaultLimitMs } = request;
  const schedule = await findSchedule(tx, orgId);
  return retryFailedSources(tx, orgId, { runId, requestKey, ...startedBy(actor), limitMs: schedule?.runLimitMs ?? defaultLimitMs });
}

/**
 * Collects these sources alone, under the schedule's time limit.
 * @throws AppError as `startPickedSources` does.
 */
export async function collectPickedNow(tx: Tx, orgId: string, request: Click & { sourceIds: readonly string[] }): Promise<StartedRun> {
  const { sourceIds, requestKey, actor, defaultLimitMs } = request;
  const schedule = await findSchedule(tx, orgId);
  return startPickedSources(tx, orgId, { sourceIds, requestKey, ...startedBy(actor), limitMs: schedule?.runLimitMs ?? defaultLimitMs });
}

function startedBy({ id, apiKeyPrefix }: Actor) {
  return { actorId: id, trigger: apiKeyPrefix === null ? "person" : "api" } as const;
}
