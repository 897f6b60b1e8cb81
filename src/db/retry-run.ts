import { AppError } from "@/domain/errors";
import { Prisma } from "@/generated/prisma/client";
import { type NewRun, type StartedRun, startOnce } from "./queue-run";
import type { Tx } from "./transaction";

/** Holds for a source of a run (`rs`) that ended without a result. */
const WITHOUT_RESULT = Prisma.sql`rs.status not in ('succeeded', 'not_modified', 'not_due')`;

/** Holds for a source of an ended run (`rs`, its source `s`) that another run can collect again: it has no result and is still collected. */
export const RETRYABLE = Prisma.sql`${WITHOUT_RESULT} and s.enabled and s.quarantined_at is null`;

interface RetryRequest {
  /** One per click: the same key gives the same run. */
  requestKey: string;
  /** The run whose failed sources are collected again. */
  runId: string;
  /** A person's or an API key's id. */
  actorId: string;
  trigger: NewRun["trigger"];
  limitMs: number;
}

/**
 * Queues a run of those sources of an ended run that failed or were not finished, as they are defined now; those that were deleted,
 * turned off or quarantined since are left out. The sources are fixed here, whatever becomes of the preset.
 * @throws AppError `not_found`; `run_in_progress` naming the active run, which may be this one; `validation` when no source failed;
 * `gone` when none of those that failed is collected any more.
 */
export async function retryFailedSources(tx: Tx, orgId: string, request: RetryRequest): Promise<StartedRun & { retryOfNumber: number }> {
  const original = await tx.run.findUnique({
    where: { orgId_id: { orgId, id: request.runId } },
    select: { id: true, number: true, presetId: true, presetName: true },
  });
  if (!original) throw new AppError("not_found", "There is no such run. Go back to the list of runs.");
  const { id, number, presetId, presetName } = original;
  const started = await startOnce(tx, orgId, request.requestKey, async () => ({
    trigger: request.trigger,
    startedById: request.actorId,
    presetId,
    presetName,
    limitMs: request.limitMs,
    retryOfRunId: id,
  }));
  if (started.isNew) {
    const sourceCount = await copyFailedSources(tx, orgId, id, started.runId);
    if (sourceCount === 0) await explainNothingToRetry(tx, orgId, original);
  }
  return { ...started, retryOfNumber: number };
}

async function copyFailedSources(tx: Tx, orgId: string, fromRunId: string, toRunId: string): Promise<number> {
  return tx.$executeRaw`
    insert into run_source (id, org_id, run_id, source_id, position, name, kind, url)
    select gen_random_uuid(), rs.org_id, ${toRunId}::uuid, s.id, row_number() over (order by rs.position) - 1, s.name, s.kind, s.url
    from run_source rs join source s on s.org_id = rs.org_id and s.id = rs.source_id
    where rs.org_id = ${orgId}::uuid and rs.run_id = ${fromRunId}::uuid and ${RETRYABLE}`;
}

/** Thrown, so that the run that was begun is rolled back. */
async function explainNothingToRetry(tx: Tx, orgId: string, run: { id: string; number: number }): Promise<never> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from run_source rs where rs.org_id = ${orgId}::uuid and rs.run_id = ${run.id}::uuid and ${WITHOUT_RESULT}`;
  if (count === 0) throw new AppError("validation", `No source of run ${run.number} failed, so there is nothing to collect again.`);
  throw new AppError(
    "gone",
    `What failed in run ${run.number} is not collected any more: ${count === 1 ? "the source was" : `the ${count} sources were`} deleted, turned off or quarantined. Nothing was started. Look under Sources.`,
  );
}
