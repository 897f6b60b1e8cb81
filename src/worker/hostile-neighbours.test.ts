import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hostileDocuments } from "@/collectors/attacks/hostile-documents";
import { hostileResponses } from "@/collectors/attacks/hostile-responses";
import { type CollectorRuntime, createCollectorRuntime } from "@/collectors/collect";
import type { SandboxOptions } from "@/collectors/sandbox";
import { parseEnv } from "@/config/env";
import { createDatabase, type Database } from "@/db/client";
import { requestCancel } from "@/db/runs";
import type { RunDetail } from "@/domain/run";
import { collectorOptions } from "@/server-options";
import { bundle } from "@/testing/bundle";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { noManners } from "@/testing/manners";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import { silentLog } from "@/testing/silent-log";
import { endOfRun, lookAtRun, startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import { createWorker, type Worker } from "./worker";

const HEALTHY_SOURCES = 20;
const HOSTILE_SOURCES = 50;
/** The kind of source that each parser reads the documents of. */
const KINDS = { json_page: "json_api", html_page: "html_page", sitemap: "sitemap", csv: "csv" } as const;
const RESPONSE_KINDS = hostileResponses().length;
/** What is promised. */
const MOST_SLOWER = 2;
/** A machine that is busy elsewhere spoils a comparison now and then; hostile neighbours would spoil each. */
const ATTEMPTS = 3;
/** No part of the promise: a machine that is busy elsewhere takes long for the same. */
const TEST_LIMIT_MS = 120_000;

/** The sites have processes of their own, and the hostile ones the last word on the processor: what they send must not cost our time. */
const HOSTILE_SITES = `
  import { setPriority } from "node:os";
  import { hostileDocuments } from "@/collectors/attacks/hostile-documents";
  import { hostileResponses } from "@/collectors/attacks/hostile-responses";
  import { openHostileSite } from "@/collectors/attacks/hostile-site";

  setPriority(19);
  const documents = hostileDocuments.filter(({ endings }) => endings[0] === "timeout");
  const sends = (body) => (socket) => socket.end(Buffer.concat([Buffer.from("HTTP/1.1 200 OK\\r\\nContent-Length: " + body.length + "\\r\\n\\r\\n"), body]));
  const { port } = await openHostileSite([...documents.map(({ input }) => ({ answer: sends(input.body) })), ...hostileResponses()]);
  process.on("disconnect", () => process.exit(0));
  process.send(port);`;

const HEALTHY_SITES = `
  import { createServer } from "node:http";

  const item = (path, index) => "<item><title>" + index + "</title><link>" + path + "/" + index + "</link><description>text</description></item>";
  let answers = 0;
  // Never the same bytes twice: what did not change would not be read.
  const feed = (path) => "<rss><channel><description>" + answers++ + "</description>" + Array.from({ length: 30 }, (_, index) => item(path, index)).join("") + "</channel></rss>";
  const healthy = createServer((request, response) => setTimeout(() => response.end(feed(request.url)), 50)).listen(0, "127.0.0.1");
  process.on("disconnect", () => process.exit(0));
  healthy.on("listening", () => process.send(healthy.address().port));`;

let server: TestDatabase;
let db: Database;
const sites: ChildProcess[] = [];
let ports: { hostile: number; healthy: number };
let childPath: string;
let running: { worker: Worker; collectors: CollectorRuntime } | undefined;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 8, log: silentLog });
  await db.listener.start();
  childPath = await bundleSandboxChild();
  ports = { hostile: await startSites("hostile-sites", HOSTILE_SITES), healthy: await startSites("healthy-sites", HEALTHY_SITES) };
});

afterEach(async () => {
  await running?.worker.stop();
  await running?.collectors.close();
});

afterAll(async () => {
  for (const site of sites) site.disconnect();
  await db.close();
  await server.drop();
});

/** Gives the port of the sites that the program opens. */
async function startSites(name: string, program: string): Promise<number> {
  const site = fork(await bundle(name, program), { execArgv: [] });
  sites.push(site);
  const [port] = await once(site, "message");
  return port;
}

/** A worker as the server starts it by default. */
async function startWorker(sandbox: Partial<SandboxOptions> = {}): Promise<void> {
  const env = parseEnv({});
  const options = collectorOptions(env);
  const collectors = createCollectorRuntime({
    ...options,
    manners: noManners,
    policy: { allowCidrs: ["127.0.0.0/8"], allowPorts: Object.values(ports), allowPrefixes: [] },
    sandbox: { ...options.sandbox, childPath, ...sandbox },
    limits: { deadlineMs: 2_000 },
  });
  const { connection } = server;
  const worker = createWorker({ db, collectors, connection, log: silentLog, instanceId: randomUUID(), concurrency: env.WORKER_CONCURRENCY, finishMs: 200 });
  running = { worker, collectors };
  await worker.start();
}

const healthyOrganization = (count: number) =>
  createOrganization(db, { urls: Array.from({ length: count }, (_, index) => `http://127.0.0.1:${ports.healthy}/${index}`) });

/** An organization of which every so many-th source is a document that cannot be read to its end, and the others are sites that do their worst. */
async function hostileOrganization(count: number, documentEvery: number): Promise<TestOrganization> {
  const documents = hostileDocuments.filter(({ endings }) => endings[0] === "timeout");
  const order: number[] = [];
  for (let [document, response] = [0, 0]; order.length < count; ) {
    if (order.length % documentEvery === 0) order.push(document++ % documents.length);
    else order.push(documents.length + (response++ % RESPONSE_KINDS));
  }
  const organization = await createOrganization(db, { urls: order.map((index) => `http://127.0.0.1:${ports.hostile}/${index}/`) });
  await db.withSystem(async (tx) => {
    for (const [position, index] of order.entries()) {
      const document = documents[index];
      if (document === undefined || document.task === "feed" || document.task === "inspect") continue;
      const data = { kind: KINDS[document.task], config: document.input.config };
      await tx.source.update({ where: { id: organization.sourceIds[position] ?? "" }, data });
    }
  });
  return organization;
}

const look = ({ orgId }: TestOrganization, runId: string) => lookAtRun(db, orgId, runId);
const ended = ({ orgId }: TestOrganization, runId: string) => endOfRun(db, orgId, runId, 60_000);

/** How long each source of a run took, in milliseconds, from its first attempt to its outcome. */
async function collectHealthy(organization: TestOrganization): Promise<number[]> {
  const runId = await startRunOf(db, organization);
  const run = await ended(organization, runId);
  expect(run).toMatchObject({ status: "succeeded" });
  const sources = await db.system.runSource.findMany({ where: { runId }, select: { startedAt: true, finishedAt: true } });
  return sources.map(({ startedAt, finishedAt }) => Number(finishedAt) - Number(startedAt));
}

function p95(durations: number[]): number {
  return [...durations].sort((one, other) => one - other)[Math.ceil(durations.length * 0.95) - 1] ?? Number.NaN;
}

interface Comparison {
  aloneMs: number;
  besideMs: number;
}

/** The hostile run has begun in earnest: what it was sent was read, and not only asked for. */
const isUnderWay = (run: RunDetail | null) => run?.sources.some(({ status }) => status === "failed") === true;

/** The healthy sources' durations while the hostile ones are being collected. */
async function collectBeside(healthy: TestOrganization, hostile: TestOrganization): Promise<number[]> {
  const hostileRun = await startRunOf(db, hostile);
  await until(db, () => look(hostile, hostileRun), isUnderWay);
  const durations = [...(await collectHealthy(healthy)), ...(await collectHealthy(healthy))];
  expect(await look(hostile, hostileRun)).toMatchObject({ finishedAt: null });
  await db.withTenant(hostile.orgId, (tx) => requestCancel(tx, hostile.orgId, hostileRun, hostile.userId));
  await ended(hostile, hostileRun);
  return durations;
}

/**
 * The 95th percentile of the healthy sources' durations, alone and beside the hostile ones. By turns, so that whatever else the machine is busy
 * with slows both alike.
 */
async function compare(healthy: TestOrganization, hostile: TestOrganization, rounds: number): Promise<Comparison> {
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    // Does not count: the processes that hostile documents ended are being started again.
    await collectHealthy(healthy);
    alone.push(...(await collectHealthy(healthy)), ...(await collectHealthy(healthy)));
    beside.push(...(await collectBeside(healthy, hostile)));
  }
  return { aloneMs: p95(alone), besideMs: p95(beside) };
}

const isPromised = ({ aloneMs, besideMs }: Comparison) => besideMs <= MOST_SLOWER * aloneMs;

describe("50 hostile sources of one organization", () => {
  it(
    "make the sources of another one at most twice as slow",
    async () => {
      await startWorker();
      const [healthy, hostile] = [await healthyOrganization(HEALTHY_SOURCES), await hostileOrganization(HOSTILE_SOURCES, 4)];
      let seen = await compare(healthy, hostile, 2);
      for (let attempt = 1; attempt < ATTEMPTS && !isPromised(seen); attempt++) seen = await compare(healthy, hostile, 2);
      process.stdout.write(`\nhealthy sources, 95th percentile: ${seen.aloneMs} ms alone, ${seen.besideMs} ms beside ${HOSTILE_SOURCES} hostile ones\n\n`);
      expect(seen.besideMs).toBeLessThanOrEqual(MOST_SLOWER * seen.aloneMs);
    },
    TEST_LIMIT_MS,
  );

  it(
    "make them far slower where one organization may have all processes that read documents (control)",
    async () => {
      await startWorker({ share: undefined });
      const [healthy, hostile] = [await healthyOrganization(4), await hostileOrganization(24, 1)];
      let seen = await compare(healthy, hostile, 1);
      for (let attempt = 1; attempt < ATTEMPTS && isPromised(seen); attempt++) seen = await compare(healthy, hostile, 1);
      expect(isPromised(seen)).toBe(false);
    },
    TEST_LIMIT_MS,
  );
});
