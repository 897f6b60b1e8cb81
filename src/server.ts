import { type Env, env as readEnv } from "@/config/env";
import type { Role } from "@/config/settings";
import { describeStartError } from "@/config/start-error";
import { createLogger, type Logger, prettyDestination } from "@/log/logger";
import { createHeartbeat, type Gauges } from "@/scheduler/heartbeat";
import { createGracefulExit, exitOnSignals, type GracefulExit } from "./graceful-exit";
import { createHealthListener } from "./health-listener";
import { closeServer, listen } from "./http-server";
import { type OpenProcess, openProcess } from "./open-process";
import { createReadiness } from "./readiness";
import { createResourceWatch } from "./resource-watch";
import { apiSettings } from "./server-options";
import { startClock } from "./start-clock";
import { startWork } from "./start-work";

const IDLE: Gauges = { armedWakeUps: 0, nextWakeUpAt: null, activeRuns: 0, holdReason: null, disk: null };

/** environment → database → scheduler → worker → Next → listen, as the roles say; each step registers how it is undone. */
async function start(env: Env, log: Logger, life: GracefulExit): Promise<void> {
  const does = (role: Role) => env.MILKRUN_ROLES.includes(role);
  // Loaded when it is needed: a process without pages does without Next and sign-in.
  const web = does("web") ? await import("./start-web") : null;
  const pages = web?.preparePages(env);

  const resources = createResourceWatch({ log });
  life.onExit(() => resources.stop());
  resources.start();
  const opened = await openProcess(env, log, life);
  const readClock = does("scheduler") ? await startClock(opened) : null;
  const readWork = does("worker") ? await startWork(opened, resources.exhaustion) : null;
  await startHeartbeat(opened, () => ({ ...IDLE, ...readClock?.(), ...readWork?.() }));

  const isReady = createReadiness({ db: opened.db, log, shortage: resources.shortage, isStopping: life.isStopping });
  const health = { isReady, metrics: opened.metrics.handle };
  const listener = (await pages?.open(opened, health)) ?? createHealthListener(health);
  const server = await listen(listener, env.PORT, env.HOST, log);
  life.onExit(() => closeServer(server));
  if (web) await web.announcePages(env.BASE_URL, opened.db);
  else process.stdout.write(`\nMilkrun is ready: ${env.MILKRUN_ROLES.join(", ")}; its health is on port ${env.PORT}\n\n`);
}

async function startHeartbeat({ db, log, clock, instanceId, env, life }: OpenProcess, gauges: () => Gauges): Promise<void> {
  const heartbeat = createHeartbeat({ db, log, clock, instanceId, version: apiSettings(env).version, roles: env.MILKRUN_ROLES, gauges });
  life.onExit(() => heartbeat.stop());
  await heartbeat.start();
}

async function main(): Promise<void> {
  const env = readEnv();
  const log = createLogger({ level: env.LOG_LEVEL, ...(env.development ? { destination: await prettyDestination() } : {}) });
  const life = createGracefulExit(log);
  exitOnSignals(life, log);
  await life.start(() => start(env, log, life));
}

await main().catch((error: unknown) => {
  process.stderr.write(`${describeStartError(error)}\n`);
  process.exit(1);
});
