import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { reapRuns } from "@/db/reap-runs";
import { MAX_RUN_ATTEMPTS } from "@/domain/run-status";
import { createOrganization } from "@/testing/factories";
import { gives, givesWhenTold, type Script } from "@/testing/scripted-collector";
import { scriptedWorkers } from "@/testing/scripted-workers";
import { holdHost } from "@/testing/site-turns";
import { startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import type { Worker } from "./worker";

/** More than a worker has places, which are four where its concurrency is 1. */
const MANY = 8;
/** So many sources wait for places before the worker takes no more runs, but for those that it is just taking. */
const MOST_WAITING = 16;
const TAKEN_AT_ONCE = 4;
const FREE = "https://free.example/";

let db: Database;
let worker: Worker;

// What went back to the queue is not the next worker's.
beforeEach(() => db.system.run.deleteMany());

const startWorker = scriptedWorkers(
  (own) => {
    db = own.db;
  },
  { takeTurns: true },
);

async function start(scripts: Record<string, Script>) {
  ({ worker } = await startWorker(scripts, { concurrency: 1 }));
}

/** Queues a run of a new organization. */
async function queueRun(...urls: string[]): Promise<string> {
  return startRunOf(db, await createOrganization(db, { urls }));
}

const queueRuns = (count: number, ...urls: string[]) => Promise.all(Array.from({ length: count }, () => queueRun(...urls)));

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
  const holder = await holdHost(db, `${host}:443`);
  await start({ [url]: gives("1"), [FREE]: gives("1") });
  const waiting = await queueRuns(MANY, url);
  await untilRuns(waiting, isUnderWay);
  return { holder, waiting };
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

  it("are all taken up again when their process dies, though it was their last attempt", async () => {
    const { holder, waiting } = await waitForSite();
    await untilRuns(waiting, ({ sources }) => sources[0]?.waitingAt !== null);
    // As if this process was another one, which is gone.
    await db.system.run.updateMany({ data: { attempt: MAX_RUN_ATTEMPTS, workerId: randomUUID() } });
    const reap = async () => {
      await db.withSystem((tx) => reapRuns(tx));
      return lookAt(waiting);
    };
    const runs = await until(db, reap, (seen) => seen.every(({ crashCount }) => crashCount === 1));
    expect(runs.filter(({ status }) => status === "abandoned")).toEqual([]);
    await holder.leave({});
  });
});

describe("sources that are being asked", () => {
  const urls = Array.from({ length: 4 }, (_, index) => `https://slow-${index}.example/`);

  it("take up all places: of the runs that come meanwhile some begin, which collect nothing until there is one, and the others stay in the queue (control)", async () => {
    const slowSources = urls.map((url) => ({ url, ...givesWhenTold("1") }));
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
