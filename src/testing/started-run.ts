import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { findRun, startRun } from "@/db/runs";
import type { RunDetail } from "@/domain/run";
import type { TestOrganization } from "./factories";
import { until } from "./until";

/** Asks for a run of everything, as a person does. Returns its id. */
export async function startRunOf(db: Database, { orgId, presetId, userId }: Omit<TestOrganization, "sourceIds">, limitMs = 600_000): Promise<string> {
  const request = { presetId, actorId: userId, limitMs, trigger: "person", requestKey: randomUUID() } as const;
  return (await db.withTenant(orgId, (tx) => startRun(tx, orgId, request))).runId;
}

/** A run as its page shows it. */
export async function lookAtRun(db: Database, orgId: string, runId: string): Promise<RunDetail> {
  const run = await db.withTenant(orgId, (tx) => findRun(tx, orgId, runId));
  if (!run) throw new Error("The run is gone.");
  return run;
}

/** Waits for a run to end, as `until` does. */
export function endOfRun(db: Database, orgId: string, runId: string, timeoutMs?: number): Promise<RunDetail> {
  return until(
    db,
    () => lookAtRun(db, orgId, runId),
    ({ finishedAt }) => finishedAt !== null,
    timeoutMs,
  );
}
