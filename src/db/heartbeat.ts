import type { Role } from "@/config/settings";
import type { DiskSpace } from "@/domain/disk-space";
import type { Database } from "./client";
import { noteScheduler } from "./scheduler-absence";
import type { Tx } from "./transaction";

/** What a process says of itself every few seconds. */
export interface InstanceReport {
  instanceId: string;
  host: string;
  pid: number;
  version: string;
  roles: readonly Role[];
  startedAt: Date;
  /** How far its clock is ahead of the database's, in milliseconds. */
  clockSkewMs: number;
  armedWakeUps: number;
  nextWakeUpAt: Date | null;
  activeRuns: number;
  /** Why it takes no runs at the moment, in words; null when it does. */
  holdReason: string | null;
  /** The disk of the database, where the process can see it. */
  disk: DiskSpace | null;
}

/** `clockSkewMs` is 23 days at most. */
export interface Instance extends Omit<InstanceReport, "roles"> {
  /** As it said itself: a newer version may know others. */
  roles: string[];
  lastSeenAt: Date;
  /** It holds its liveness lock at this moment. */
  alive: boolean;
}

/** A process that has been silent for this long is forgotten. */
const FORGET_AFTER = "1 hour";
/** What the column holds: 32 bits. */
const MOST_SKEW_MS = 2_000_000_000;

/** Stores the report with the database's time and forgets processes that are long gone. */
export async function beat(db: Database, report: InstanceReport): Promise<void> {
  const skewMs = Math.max(-MOST_SKEW_MS, Math.min(MOST_SKEW_MS, report.clockSkewMs));
  await db.withSystem(async (tx) => {
    await tx.$executeRaw`delete from heartbeat where last_seen_at < clock_timestamp() - ${FORGET_AFTER}::interval`;
    await tx.$executeRaw`
      insert into heartbeat (instance_id, host, pid, started_at, last_seen_at, clock_skew_ms, armed_wake_ups, next_wake_up_at, active_runs, version,
        roles, hold_reason, disk_free_bytes, disk_total_bytes)
      values (${report.instanceId}::uuid, ${report.host}, ${report.pid}, ${report.startedAt}, clock_timestamp(),
        ${skewMs},
        ${report.armedWakeUps}, ${report.nextWakeUpAt}, ${report.activeRuns}, ${report.version},
        ${[...report.roles]}::text[], ${report.holdReason},
        ${report.disk?.freeBytes ?? null}::float8, ${report.disk?.totalBytes ?? null}::float8)
      on conflict (instance_id) do update set last_seen_at = excluded.last_seen_at, clock_skew_ms = excluded.clock_skew_ms,
        armed_wake_ups = excluded.armed_wake_ups, next_wake_up_at = excluded.next_wake_up_at, active_runs = excluded.active_runs,
        hold_reason = excluded.hold_reason, disk_free_bytes = excluded.disk_free_bytes, disk_total_bytes = excluded.disk_total_bytes`;
    if (report.roles.includes("scheduler")) await noteScheduler(tx);
  });
}

/** A process that stops says so, and is shown no longer. */
export async function removeInstance(tx: Tx, instanceId: string): Promise<void> {
  await tx.heartbeat.deleteMany({ where: { instanceId } });
}

/** The processes that reported within the last hour, the newest report first. */
export async function listInstances(tx: Tx): Promise<Instance[]> {
  return tx.$queryRaw`
    select instance_id as "instanceId", host, pid, version, started_at as "startedAt", last_seen_at as "lastSeenAt",
      clock_skew_ms as "clockSkewMs", armed_wake_ups as "armedWakeUps", next_wake_up_at as "nextWakeUpAt", active_runs as "activeRuns",
      roles, hold_reason as "holdReason",
      case when disk_free_bytes is not null then jsonb_build_object('freeBytes', disk_free_bytes, 'totalBytes', disk_total_bytes) end as disk,
      app.is_alive(instance_id) as alive
    from heartbeat order by last_seen_at desc`;
}
