import { AppError } from "@/domain/errors";
import type { RunCounts, RunDetail, RunFilter, RunScope, RunSummary } from "@/domain/run";
import { cancelRequestedLine } from "@/domain/run-event-lines";
import { RUN_STATUSES, type RunTrigger } from "@/domain/run-status";
import { findActorNames } from "./actor-names";
import { type StartedRun, startOnce } from "./queue-run";
import { endRun } from "./run-ends";
import { logRuns } from "./run-events";
import { matchingRuns } from "./run-filter";
import { toDetail, toSummaries } from "./run-views";
import type { Tx } from "./transaction";

/**
 * A page of the ledger, newest first; `nextCursor` is null on the last page. Pages go by the runs' numbers, so a run that begins meanwhile
 * moves none of them.
 */
export async function listRuns(tx: Tx, orgId: string, filter: RunFilter): Promise<{ runs: RunSummary[]; nextCursor: number | null }> {
  const rows = await tx.run.findMany({
    where: { AND: [await matchingRuns(tx, orgId, filter), filter.cursor ? { number: { lt: filter.cursor } } : {}] },
    orderBy: { number: "desc" },
    take: filter.limit + 1,
  });
  const page = rows.slice(0, filter.limit);
  const runs = await toSummaries(tx, orgId, page);
  return { runs, nextCursor: rows.length > filter.limit ? (page.at(-1)?.number ?? null) : null };
}

/** How many runs have each status, within the days, of the preset and begun by whom the scope names. */
export async function countRuns(tx: Tx, orgId: string, scope: RunScope): Promise<RunCounts> {
  const groups = await tx.run.groupBy({ by: ["status"], where: await matchingRuns(tx, orgId, scope), _count: { _all: true } });
  const counts = Object.fromEntries(RUN_STATUSES.map((status) => [status, 0])) as RunCounts;
  for (const { status, _count } of groups) counts[status] = _count._all;
  return counts;
}

/** One run with its sources, or null when the organization has no such run. */
export async function findRun(tx: Tx, orgId: string, runId: string): Promise<RunDetail | null> {
  const row = await tx.run.findUnique({ where: { orgId_id: { orgId, id: runId } }, include: { sources: { orderBy: { position: "asc" } } } });
  return row && toDetail(tx, orgId, row);
}

/** Whether the organization has such a run. */
export async function hasRun(tx: Tx, orgId: string, runId: string): Promise<boolean> {
  return (await tx.run.findUnique({ where: { orgId_id: { orgId, id: runId } }, select: { id: true } })) !== null;
}

interface RunRequest {
  /** One per click: the same key gives the same run. */
  requestKey: string;
  presetId: string;
  /** A person's or an API key's id. */
  actorId: string | null;
  trigger: Exclude<RunTrigger, "schedule">;
  limitMs: number;
}

/**
 * Queues a run of a preset that somebody asked for, whether the schedule is on, off or paused; it moves no slot. One click is one run.
 * @throws AppError `run_in_progress` naming the active run, `validation` when the preset is gone.
 */
export function startRun(tx: Tx, orgId: string, request: RunRequest): Promise<StartedRun> {
  const { requestKey, presetId, actorId, trigger, limitMs } = request;
  return startOnce(tx, orgId, requestKey, async () => {
    const preset = await tx.preset.findUnique({ where: { orgId_id: { orgId, id: presetId } }, select: { name: true } });
    if (!preset) throw new AppError("validation", "This preset no longer exists. Pick another one.", { field: "presetId" });
    return { trigger, limitMs, startedById: actorId, presetId, presetName: preset.name };
  });
}

/**
 * Asks for the run to stop. A queued run ends at once; a running one when its worker has stopped, within about 2 seconds.
 * Asking again, or for a run that has ended, changes nothing.
 * @throws AppError `not_found` when the organization has no such run.
 */
export async function requestCancel(tx: Tx, orgId: string, runId: string, actorId: string): Promise<RunDetail> {
  const [asked] = await tx.$queryRaw<{ status: "queued" | "running" }[]>`
    update run set cancel_requested_at = clock_timestamp(), cancelled_by_id = ${actorId}::uuid
    where org_id = ${orgId}::uuid and id = ${runId}::uuid and status in ('queued', 'running') and cancel_requested_at is null
    returning status`;
  if (asked) {
    await logRuns(tx, [{ orgId, runId, lines: [cancelRequestedLine((await findActorNames(tx, [actorId])).get(actorId) ?? null)] }]);
    if (asked.status === "queued") await endRun(tx, { orgId, runId }, { status: "cancelled", message: null });
  }
  const run = await findRun(tx, orgId, runId);
  if (!run) throw new AppError("not_found", "There is no such run.");
  return run;
}
