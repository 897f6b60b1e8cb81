import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createDatabase, type Database } from "@/db/client";
import { type PreparedDatabase, prepareDatabase } from "@/db/prepare";
import { reapRuns } from "@/db/reap-runs";
import type { RunDetail } from "@/domain/run";
import { RECONNECT_GRACE_MS } from "@/domain/run-status";
import { migrateQueue } from "@/worker/migrate-queue";
import { createWorker, type Worker, type WorkerOptions } from "@/worker/worker";
import type { TestOrganization } from "./factories";
import { silentLog } from "./silent-log";
import { lookAtRun, startRunOf } from "./started-run";
import { until } from "./until";

const ENV = { MILKRUN_SECRET: "a secret for tests only", DATABASE_URL: undefined, MIGRATION_DATABASE_URL: undefined };

/** A PostgreSQL that Milkrun runs itself, for tests that end it: what it acknowledges stays, and it is started again. */
export interface OwnCluster {
  folder: string;
  connection: PreparedDatabase["connection"];
  db: Database;
  /** Ends the server as a crash of all its processes would: nothing is written out, connections break. */
  crash(): void;
  startWorker(options: Pick<WorkerOptions, "collectors"> & Partial<WorkerOptions>): Promise<Worker>;
  /** Queues a run as a person would. Returns its id. */
  runNow(organization: TestOrganization): Promise<string>;
  /** The run as it is now, after a look for crashed ones, as the scheduler does every few seconds; null while nothing answers. */
  look(organization: TestOrganization, runId: string): Promise<RunDetail | null>;
  /** The run when it has ended. */
  ended(organization: TestOrganization, runId: string, withinMs: number): Promise<RunDetail | null>;
  stopWorkers(): Promise<void>;
  stop(): Promise<void>;
}

/** A folder that PostgreSQL's user may enter, also when we are root. */
export function makeClusterFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-cluster-"));
  fs.chmodSync(folder, 0o755);
  return folder;
}

export async function startOwnCluster(folder: string): Promise<OwnCluster> {
  const { connection, stop } = await prepareDatabase({
    env: { ...ENV, MILKRUN_DATA_DIR: folder, MILKRUN_POSTGRES_DIR: folder },
    log: silentLog,
    migrateQueue,
  });
  const db = createDatabase(connection, { poolSize: 4, log: silentLog });
  await db.listener.start();
  const workers: Worker[] = [];
  const stopWorkers = () => Promise.all(workers.splice(0).map((worker) => worker.stop()));

  async function look({ orgId }: TestOrganization, runId: string) {
    await db.withSystem((tx) => reapRuns(tx, { graceMs: RECONNECT_GRACE_MS })).catch(() => {});
    return lookAtRun(db, orgId, runId).catch(() => null);
  }

  return {
    folder,
    connection,
    db,
    crash: () => process.kill(Number(fs.readFileSync(path.join(folder, "pg18", "postmaster.pid"), "utf8").split("\n")[0]), "SIGQUIT"),
    async startWorker(options) {
      const worker = createWorker({ db, connection, log: silentLog, instanceId: randomUUID(), concurrency: 2, finishMs: 200, ...options });
      workers.push(worker);
      await worker.start();
      return worker;
    },
    runNow: (organization) => startRunOf(db, organization),
    look,
    ended: (organization, runId, withinMs) =>
      until(
        db,
        () => look(organization, runId),
        (run) => run?.finishedAt != null,
        withinMs,
      ),
    async stopWorkers() {
      await stopWorkers();
    },
    async stop() {
      await stopWorkers();
      await db.close();
      await stop();
    },
  };
}
