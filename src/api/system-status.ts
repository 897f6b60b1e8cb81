import type { Database } from "@/db/client";
import { type Instance, listInstances } from "@/db/heartbeat";
import { type HeldRun, listHeldRuns, readSystemFacts } from "@/db/system-facts";
import type { Clock } from "@/domain/clock";
import { clockSkewMs } from "@/domain/clock-skew";
import { SCHEDULER_SILENT_MS } from "@/domain/scheduler-silence";

/** The state of the whole installation: its processes, its database, its queue. The queue's numbers span all organizations. */
export async function readSystemStatus(db: Database, { clock, version }: { clock: Clock; version: string }) {
  const askedAt = clock.now();
  const { instances, ...facts } = await db.withSystem(async (tx) => ({ ...(await readSystemFacts(tx)), instances: await listInstances(tx) }));
  const serverTime = clock.now();
  return {
    ...facts,
    instances,
    serverTime,
    clockSkewMs: clockSkewMs({ askedAt, databaseAt: facts.databaseTime, answeredAt: serverTime }),
    version,
    ...judgeScheduler(instances, facts.databaseTime),
    ...judgeWorkers(instances),
    timeZoneData: process.versions.tz ?? "unknown",
  };
}

/** A process that only serves pages says nothing of the clock. */
function judgeScheduler(instances: readonly Instance[], now: Date) {
  const latest = instances.find(({ roles }) => roles.includes("scheduler"));
  const schedulerLastSeenAt = latest?.lastSeenAt ?? null;
  return { schedulerLastSeenAt, schedulerAlive: schedulerLastSeenAt !== null && now.getTime() - schedulerLastSeenAt.getTime() < SCHEDULER_SILENT_MS };
}

function judgeWorkers(instances: readonly Instance[]) {
  const workers = instances.filter(({ roles, alive }) => alive && roles.includes("worker"));
  const allHold = workers.every(({ holdReason }) => holdReason !== null);
  return { workerAlive: workers.length > 0, holdReason: (allHold && workers[0]?.holdReason) || null };
}

/** A run that is worked on; `run` is null where it is another organization's, of which nothing else is told. */
export interface VisibleRun extends Pick<HeldRun, "instanceId" | "startedAt" | "sourceCount" | "doneSourceCount"> {
  run: Pick<HeldRun, "id" | "number"> | null;
}

/** What the workers do now, as a member of this organization may see it. */
export async function readSystemWork(db: Database, orgId: string): Promise<{ heldRuns: VisibleRun[] }> {
  const held = await db.withSystem(listHeldRuns);
  return { heldRuns: held.map(({ id, number, orgId: owner, ...progress }) => ({ ...progress, run: owner === orgId ? { id, number } : null })) };
}

/** The processes as whoever may not look into the installation is told of them: what they do, but not which machines they are. */
export function withoutNames<T extends Pick<Instance, "host" | "pid">>(instances: readonly T[]) {
  return instances.map((instance) => ({ ...instance, host: null, pid: null }));
}
