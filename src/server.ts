import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import next from "next";
import { shareApiEnvironment } from "@/api/environment";
import { createAuth, shareAuth } from "@/auth/auth";
import { ensureSetupToken } from "@/auth/setup-token";
import { createCollectorRuntime } from "@/collectors/collect";
import { type Env, env as readEnv } from "@/config/env";
import { readSecret } from "@/config/secret-file";
import { describeStartError } from "@/config/start-error";
import { createDatabase, type Database, shareDatabase } from "@/db/client";
import { prepareDatabase } from "@/db/prepare";
import { systemClock } from "@/domain/clock";
import { createLogger, type Logger, prettyDestination } from "@/log/logger";
import { createHeartbeat } from "@/scheduler/heartbeat";
import { createScheduler } from "@/scheduler/scheduler";
import { migrateQueue } from "@/worker/migrate-queue";
import { createWorker } from "@/worker/worker";
import { createGracefulExit, exitOnSignals, type GracefulExit } from "./graceful-exit";
import { closeServer, listen } from "./http-server";
import { createRequestGuard } from "./request-guard";
import { apiSettings, collectorOptions } from "./server-options";

const READY_WITHIN_MS = 2_000;

/** environment → database → scheduler → worker → Next → listen; each step registers how it is undone. */
async function start(env: Env, log: Logger, life: GracefulExit): Promise<void> {
  const { development, BASE_URL: baseUrl } = env;
  // Next compiles while the database starts; its upgrade listener goes to a server that never listens, except for reloading.
  const app = next({ dev: development, hostname: "localhost", port: env.PORT, ...(development ? {} : { httpServer: createServer() }) });
  const prepared = app.prepare();
  prepared.catch(() => {}); // awaited below, after what may fail before it

  const { connection, stop } = await prepareDatabase({ env, log, migrateQueue });
  life.onExit(stop);
  const db = createDatabase(connection, { poolSize: env.DATABASE_POOL_SIZE, log });
  life.onExit(() => db.close());
  await db.listener.start();
  shareDatabase(db);
  shareAuth(createAuth({ db, secret: readSecret(env), baseUrl, log }));
  shareApiEnvironment({ log, settings: apiSettings(env) });

  const shared = { db, log, clock: systemClock, instanceId: randomUUID() };
  const scheduler = createScheduler({ ...shared, defaultRunLimitMs: apiSettings(env).runLimitMs });
  life.onExit(() => scheduler.stop());
  await scheduler.start();
  const collectors = createCollectorRuntime(collectorOptions(env));
  life.onExit(() => collectors.close());
  const worker = createWorker({ ...shared, connection, collectors, concurrency: env.WORKER_CONCURRENCY });
  life.onExit(() => worker.stop());
  await worker.start();
  const gauges = () => ({ armedWakeUps: scheduler.armedWakeUps(), nextWakeUpAt: scheduler.nextWakeUpAt(), activeRuns: worker.activeRuns() });
  const heartbeat = createHeartbeat({ ...shared, version: apiSettings(env).version, gauges });
  life.onExit(() => heartbeat.stop());
  await heartbeat.start();

  await prepared;
  life.onExit(() => app.close());
  const handle = app.getRequestHandler();
  const isReady = () => answers(db).then((database) => database && !life.isStopping());
  const guard = createRequestGuard({ baseUrl, trustProxy: env.TRUST_PROXY, development, isReady, next: (req, res) => void handle(req, res) });
  const server = await listen(guard, env.PORT, env.HOST);
  life.onExit(() => closeServer(server));
  await announce(baseUrl, db);
}

function answers(db: Database): Promise<boolean> {
  const tooLate = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), READY_WITHIN_MS).unref());
  return Promise.race([db.now().then(() => true), tooLate]).catch(() => false);
}

async function announce(baseUrl: string, db: Database): Promise<void> {
  const token = await ensureSetupToken(db);
  process.stdout.write(`\nMilkrun is ready: ${baseUrl}\n`);
  if (token) process.stdout.write(`Set it up here (the link works once): ${baseUrl}/setup?token=${token}\n`);
  process.stdout.write("\n");
}

async function main(): Promise<void> {
  const env = readEnv();
  const log = createLogger({ level: env.LOG_LEVEL, ...(env.development ? { destination: await prettyDestination() } : {}) });
  const life = createGracefulExit(log);
  exitOnSignals(life, log);
  await start(env, log, life).catch(async (error: unknown) => {
    process.stderr.write(`${describeStartError(error)}\n`);
    await life.exit("the start failed", 1);
  });
}

await main().catch((error: unknown) => {
  process.stderr.write(`${describeStartError(error)}\n`);
  process.exit(1);
});
