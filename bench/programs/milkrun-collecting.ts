import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import pino from "pino";
import { createCollectorRuntime } from "@/collectors/collect";
import { createDatabase } from "@/db/client";
import { createOrganization } from "@/testing/factories";
import { noManners } from "@/testing/manners";
import { startRunOf } from "@/testing/started-run";
import { createWorker } from "@/worker/worker";
import { hear, say } from "../child";

const RUN_LIMIT_MS = 900_000;
/** Each look takes the processor's time from what is measured. */
const LOOK_MS = 25;

interface Specification {
  connection: pg.ClientConfig;
  port: number;
  childPath: string;
  feeds: number;
  /** Runs at the same time, each an organization's own. */
  runs: number;
}

/** Milkrun's worker as `npm start` has it, with its own fetcher, parsers and database; the site may be asked without pauses. */
const { connection, port, childPath, feeds, runs } = await hear<Specification>();
const log = pino({ level: "warn" }, pino.destination(2));
const db = createDatabase(connection, { poolSize: 10, log });
const collectors = createCollectorRuntime({
  policy: { allowCidrs: ["127.0.0.0/8"], allowPorts: [port], allowPrefixes: [] },
  sandbox: { childPath, size: runs, share: 1 },
  userAgent: "Milkrun/bench",
  manners: noManners,
});
const worker = createWorker({ db, log, connection, instanceId: randomUUID(), collectors, concurrency: runs });
await db.listener.start();
await worker.start();

const urlsOf = (run: number) => Array.from({ length: feeds / runs }, (_, nth) => `http://127.0.0.1:${port}/${(run * feeds) / runs + nth}`);
const organizations = await Promise.all(Array.from({ length: runs }, (_, run) => createOrganization(db, { urls: urlsOf(run) })));

async function collectAll() {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const runIds = await Promise.all(organizations.map((organization) => startRunOf(db, organization, RUN_LIMIT_MS)));
  while ((await db.system.run.count({ where: { id: { in: runIds }, finishedAt: null } })) > 0) await sleep(LOOK_MS);
  const tookMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(before);
  return { tookMs, processorMs: (user + system) / 1_000, ...(await totalsOf(runIds)) };
}

/** What the runs say that they did. */
async function totalsOf(runIds: string[]) {
  const sources = await db.system.runSource.findMany({
    where: { runId: { in: runIds } },
    select: { status: true, newCount: true, changedCount: true, unchangedCount: true },
  });
  const failed = sources.filter(({ status }) => status !== "succeeded" && status !== "not_modified").length;
  const unchanged = sources.filter(({ status }) => status === "not_modified").length;
  const items = sources.reduce((sum, { newCount, changedCount, unchangedCount }) => sum + newCount + changedCount + unchangedCount, 0);
  return { failed, unchanged, items };
}

say({ ready: true });
for (;;) {
  await hear();
  say({ collected: await collectAll() });
}
