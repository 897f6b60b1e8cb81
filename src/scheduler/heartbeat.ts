import os from "node:os";
import type { Database } from "@/db/client";
import { beat, type InstanceReport, removeInstance } from "@/db/heartbeat";
import type { Clock } from "@/domain/clock";
import { clockSkewMs } from "@/domain/clock-skew";
import type { Logger } from "@/log/logger";

const BEAT_MS = 10_000;
/** More than this between the process's clock and the database's is worth a warning: the database's decides. */
const SKEW_WARNING_MS = 2_000;

/** What the process is doing now. */
export type Gauges = Pick<InstanceReport, "armedWakeUps" | "nextWakeUpAt" | "activeRuns" | "holdReason" | "disk">;

export interface HeartbeatOptions {
  db: Database;
  log: Logger;
  clock: Clock;
  instanceId: string;
  version: string;
  roles: InstanceReport["roles"];
  gauges: () => Gauges;
}

/** Reports every 10 seconds that this process lives and what it does, and warns once when its clock is off. */
export function createHeartbeat(options: HeartbeatOptions): { start(): Promise<void>; stop(): Promise<void> } {
  const { db, log, clock, instanceId, version, roles } = options;
  let timer: NodeJS.Timeout | undefined;
  let startedAt: Date;
  let warned = false;
  let reporting: Promise<void> | undefined;

  async function report() {
    const askedAt = clock.now();
    const databaseAt = await db.now();
    const skewMs = clockSkewMs({ askedAt, databaseAt, answeredAt: clock.now() });
    await beat(db, { instanceId, version, roles, startedAt, clockSkewMs: skewMs, host: os.hostname(), pid: process.pid, ...options.gauges() });
    if (Math.abs(skewMs) <= SKEW_WARNING_MS || warned) return;
    warned = true;
    log.warn({ skewMs }, "this machine's clock differs from the database's by more than 2 s; slots follow the database's, set this clock right");
  }

  return {
    async start() {
      startedAt = clock.now();
      await report();
      timer = setInterval(() => {
        reporting = report().catch((error: Error) => log.warn({ reason: error.message }, "the heartbeat could not be stored"));
      }, BEAT_MS);
    },
    async stop() {
      clearInterval(timer);
      // A report that came after the farewell would leave a process that is gone on the page.
      await reporting;
      await db.withSystem((tx) => removeInstance(tx, instanceId)).catch((error: Error) => log.warn({ reason: error.message }, "could not sign off"));
    },
  };
}
