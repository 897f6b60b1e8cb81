import { randomUUID } from "node:crypto";
import type pg from "pg";
import { encryptionKeySource } from "@/config/encryption-key-source";
import type { Env } from "@/config/env";
import { createDatabase, type Database } from "@/db/client";
import { createLiveness } from "@/db/liveness";
import { openKeyRing } from "@/db/open-key-ring";
import { prepareDatabase } from "@/db/prepare";
import { type Clock, systemClock } from "@/domain/clock";
import type { Logger } from "@/log/logger";
import { createMetrics, type Metrics } from "@/metrics/metrics";
import { migrateQueue } from "@/worker/migrate-queue";
import type { GracefulExit } from "./graceful-exit";
import { apiSettings } from "./server-options";

/** What every part of a process is given, whatever its roles. */
export interface OpenProcess {
  env: Env;
  log: Logger;
  /** Each part registers how it is undone. */
  life: GracefulExit;
  clock: Clock;
  /** As the restricted role. */
  connection: pg.ClientConfig;
  /** Where the database keeps its files, when it is on this machine and ours. */
  clusterDir: string | null;
  db: Database;
  /** Is told what the parts do. */
  metrics: Metrics;
  /** Names this process: on its heartbeat, its liveness lock and the runs that it holds. */
  instanceId: string;
}

/**
 * The database, ready to be used, with notifications arriving, and this process visible to the others.
 * @throws StartError with one sentence on what is wrong and what to do.
 */
export async function openProcess(env: Env, log: Logger, life: GracefulExit): Promise<OpenProcess> {
  const { connection, clusterDir, stop } = await prepareDatabase({ env, log, migrateQueue });
  life.onExit(stop);
  const keys = await openKeyRing(connection, encryptionKeySource(env));
  const db = createDatabase(connection, { poolSize: env.DATABASE_POOL_SIZE, log, keys });
  life.onExit(() => db.close());
  await db.listener.start();
  const clock = systemClock;
  const metrics = createMetrics({ db, log, clock, version: apiSettings(env).version, roles: env.MILKRUN_ROLES, token: env.METRICS_TOKEN });
  life.onExit(() => metrics.close());
  const opened = { env, log, life, clock, connection, clusterDir, db, metrics, instanceId: randomUUID() };
  // A worker holds the lock of its process itself: it must know whether it does.
  if (!env.MILKRUN_ROLES.includes("worker")) await showLife(opened);
  return opened;
}

async function showLife({ connection, instanceId, log, life }: OpenProcess): Promise<void> {
  const liveness = createLiveness(connection, instanceId, log);
  life.onExit(() => liveness.stop());
  await liveness.start();
}
