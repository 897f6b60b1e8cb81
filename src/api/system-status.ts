import type { Database } from "@/db/client";
import { listInstances } from "@/db/heartbeat";
import { readSystemFacts } from "@/db/system-facts";
import type { Clock } from "@/domain/clock";

/** A heartbeat older than this means that no scheduler is at work. */
const SILENT_MS = 90_000;

/** The state of the whole installation: its processes, its database, its queue. The queue's numbers span all organizations. */
export async function readSystemStatus(db: Database, { clock, version }: { clock: Clock; version: string }) {
  const before = clock.now().getTime();
  const { instances, ...facts } = await db.withSystem(async (tx) => ({ ...(await readSystemFacts(tx)), instances: await listInstances(tx) }));
  const serverTime = clock.now();
  const [latest] = instances;
  const schedulerLastSeenAt = latest?.lastSeenAt ?? null;
  return {
    ...facts,
    instances,
    serverTime,
    // The database read its clock about halfway through.
    clockSkewMs: Math.round((before + serverTime.getTime()) / 2 - facts.databaseTime.getTime()),
    version,
    schedulerLastSeenAt,
    schedulerAlive: schedulerLastSeenAt !== null && facts.databaseTime.getTime() - schedulerLastSeenAt.getTime() < SILENT_MS,
    timeZoneData: process.versions.tz ?? "unknown",
  };
}
