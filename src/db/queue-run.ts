import { randomUUID } from "node:crypto";
import { AppError } from "@/domain/errors";
import { ACTIVE_RUN_STATUSES, type RunTrigger } from "@/domain/run-status";
import { notifyRun } from "./notify";
import { enqueueRuns } from "./queue";
import type { Tx } from "./transaction";

/** A run that somebody asked for. */
export interface NewRun {
  trigger: Exclude<RunTrigger, "schedule">;
  startedById: string | null;
  presetId: string | null;
  presetName: string | null;
  limitMs: number;
  /** The run whose failed sources this one collects again. */
  retryOfRunId?: string;
}

/** The answer to a click. `isNew` is false for a click that was answered before. */
export interface StartedRun {
  runId: string;
  number: number;
  isNew: boolean;
}

/**
 * Queues the run that `plan` describes, whether the schedule is on, off or paused; it moves no slot. One click is one run: the same
 * key gives the same answer, without asking `plan` again.
 * @throws AppError `run_in_progress` naming the active run, and what `plan` throws.
 */
export async function startOnce(tx: Tx, orgId: string, requestKey: string, plan: () => Promise<NewRun>): Promise<StartedRun> {
  await lockOrganization(tx, orgId);
  const known = await tx.run.findFirst({ where: { orgId, requestKey }, select: { id: true, number: true } });
  if (known) return { runId: known.id, number: known.number, isNew: false };
  await refuseWhileActive(tx, orgId);
  const planned = await plan();
  const number = await takeRunNumber(tx, orgId);
  const { id } = await tx.run.create({ data: { ...planned, id: randomUUID(), orgId, number, requestKey, status: "queued" }, select: { id: true } });
  await enqueueRuns(tx, [id]);
  await notifyRun(tx, orgId, id);
  return { runId: id, number, isNew: true };
}

/** Whoever else starts or dispatches runs of this organization waits until this transaction ends. */
async function lockOrganization(tx: Tx, orgId: string): Promise<void> {
  await tx.$executeRaw`select id from organization where id = ${orgId}::uuid for no key update`;
}

async function refuseWhileActive(tx: Tx, orgId: string): Promise<void> {
  const active = await tx.run.findFirst({ where: { orgId, status: { in: [...ACTIVE_RUN_STATUSES] } }, select: { id: true, number: true } });
  if (!active) return;
  throw new AppError("run_in_progress", `Run ${active.number} is still going, so no second one was started. Wait for it, or cancel it.`, {
    runId: active.id,
  });
}

async function takeRunNumber(tx: Tx, orgId: string): Promise<number> {
  const { lastRunNumber } = await tx.organization.update({
    where: { id: orgId },
    data: { lastRunNumber: { increment: 1 } },
    select: { lastRunNumber: true },
  });
  return lastRunNumber;
}
