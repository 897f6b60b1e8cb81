import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { HostPass } from "@/collectors/host-gate";
import { createVisit } from "@/collectors/visit";
import type { Database } from "@/db/client";
import { startRun } from "@/db/runs";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { gives, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createHostGate } from "./host-gate";
import { createWorker, type Worker } from "./worker";

/** More than a worker has places, which are four where its concurrency is 1. */
const MANY = 8;
/** So many sources wait for places before the worker takes no more runs, but for those that it is just taking. */
const MOST_WAITING = 16;
const TAKEN_AT_ONCE = 4;
const FREE = "https://free.example/";

let db: Database;
let worker: Worker;
let start: (scripts: Record<string, Script>) => Promise<void>;

ownDatabase((own) => {
  db = own.db;
  start = async (scripts) => {
    const gate = createHostGate({ db, log: silentLog, spacingMs: 0 });
    const collectors = {
      ...scriptedCollector(scripts),
      async approach({ url }: { url: string }, visitor: Parameters<typeof createVisit>[2]) {
        const visit = createVisit(gate, false, visitor);
        await visit.hold(new URL(url));
        return visit;
      },
    };
    worker = createWorker({ db, collectors, connection: own.server.connection, log: silentLog, instanceId: randomUUID(), concurrency: 1, finishMs: 200 });
    await worker.start();
  };
});

beforeAll(() => db.listener.start());

afterEach(async () => {
  await worker.stop();
  // What went back to the queue is not the next worker's.
  await db.system.run.deleteMany();
});

/** Queues a run of a new organization. */
async function queueRun(...urls: string[]): Promise<string> {
  const { orgId, presetId, userId } = await createOrganization(db, { urls });
  const wanted = { presetId, actorId: userId, limitMs: 60_000, trigger: "person", requestKey: randomUUID() } as const;
  return (await db.withTenant(orgId, (tx) => startRun(tx, orgId, wanted))).runId;
}

const queueRuns = (count: number, ...urls: string[]) => Promise.all(Array.from({ length: count }, () => queueRun(...urls)));

async function holdHost(host: string): Promise<HostPass> {
  const visitor = { group: "somebody else", signal: new AbortController().signal, stepOut: <T>(wait: () => Promise<T>) => wait() };
  const pass = await createHostGate({ db, log: silentLog, spacingMs: 0 }).enter(host, visitor);
  if (!pass) throw new Error("There was no turn.");
  return pass;
}

const lookAt = (ids: string[]) => db.system.run.findMany({ where: { id: { in: ids } }, include: { sources: true } });
type Found = Awaited<ReturnType<typeof lookAt>>;
const untilRuns = (ids: string[], isRight: (run: Found[number]) => boolean) =>
  until(
    db,
    () => lookAt(ids),
    (runs) => runs.every(isRight),
  );
const isOver = ({ finishedAt }: Found[number]) => finishedAt !== null;
/** It has found out what it has to collect. */
const isUnderWay = ({ sources }: Found[number]) => sources.length > 0;

/** More runs than there are places, all of which wait for one site. */
async function waitForSite() {
  const host = `${randomUUID()}.example`;
  const url = `https://${host}/`;
  const holder = await holdHost(`${host}:443`);
  await start({ [url]: gives("1"), [FREE]: gives("1") });
  const waiting = await queueRuns(MANY, url);
  await untilRuns(waiting, isUnderWay);
  return { holder, waiting };
}

/** A source that is asked until the test lets it answer. */
function slowSource() {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const script: Script = async () => {
    await answered;
    return [{ key: "1", fields: {} }];
  };
  return { script, answer };
}

describe("runs that wait for their site", () => {
  it("keep no run of another organization from beginning and ending, take up no place, and go back to the queue as they were when their worker stops", async () => {
    const { holder, waiting } = await waitForSite();
    await untilRuns([await queueRun(FREE)], isOver);
    for (const { status, sources } of await lookAt(waiting)) expect([status, sources[0]?.status]).toEqual(["running", "queued"]);
    await expect.poll(() => worker.activeRuns()).toBe(MANY);
    await expect.poll(() => worker.collecting()).toEqual({ size: 4, taken: 0, waiting: 0 });

    await worker.stop();
    for (const { status, attempt, leaseToken } of await lookAt(waiting)) expect([status, attempt, leaseToken]).toEqual(["queued", 0, null]);
    const [queued] = await db.system.$queryRaw<[{ count: number }]>`
      select count(*)::int as count from graphile_worker.jobs where key = any(${waiting.map((id) => `run:${id}`)}) and locked_at is null`;
    expect(queued.count).toBe(MANY);
    await holder.leave({});
  });
});

describe("sources that are being asked", () => {
  const urls = Array.from({ length: 4 }, (_, index) => `https://slow-${index}.example/`);

  it("take up all places: of the runs that come meanwhile some begin, which collect nothing until there is one, and the others stay in the queue (control)", async () => {
    const slowSources = urls.map((url) => ({ url, ...slowSource() }));
    await start({ ...Object.fromEntries(slowSources.map(({ url, script }) => [url, script])), [FREE]: gives("1") });
    const slow = await queueRun(...urls);
    await untilRuns([slow], ({ sources }) => sources.length === 4 && sources.every(({ status }) => status === "fetching"));
    const others = await queueRuns(MOST_WAITING + TAKEN_AT_ONCE + 1, FREE);
    await expect.poll(() => worker.collecting().waiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(MOST_WAITING);
    const seen = await lookAt(others);
    expect(seen.filter(({ status }) => status === "queued")).not.toHaveLength(0);
    for (const source of seen.flatMap(({ sources }) => sources)) expect(source).toMatchObject({ status: "queued", attempts: 0 });
    expect(worker.collecting()).toMatchObject({ size: 4, taken: 4 });
    slowSources[0]?.answer();
    await untilRuns(others, isOver);
    expect(await lookAt([slow])).toMatchObject([{ finishedAt: null }]);
    for (const { answer } of slowSources) answer();
    await untilRuns([slow], isOver);
  });
});
