import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Database } from "@/db/client";
import { withClient } from "@/db/connect";
import { reapRuns } from "@/db/reap-runs";
import { startSourceTest } from "@/db/source-tests";
import { createOrganization } from "@/testing/factories";
import type { OwnDatabase } from "@/testing/own-database";
import { gives, givesWhenTold } from "@/testing/scripted-collector";
import { scriptedWorkers } from "@/testing/scripted-workers";
import { silentLog } from "@/testing/silent-log";
import { endOfRun, lookAtRun, startRunOf } from "@/testing/started-run";
import { testKeys } from "@/testing/test-keys";
import { until } from "@/testing/until";
import { createHold } from "./hold";

const GB = 1_000_000_000;
const A = "https://a.example/";
const B = "https://b.example/";
const WITHIN = { timeout: 10_000, interval: 20 };

let own: OwnDatabase;
let db: Database;
let freeBytes: number;

const startScripted = scriptedWorkers(
  (opened) => {
    own = opened;
    db = own.db;
  },
  { takeTurns: true },
);
const startWorker: typeof startScripted = (scripts, options) => startScripted(scripts, { lookMs: 20, ...options });

const readSpace = async () => ({ freeBytes, totalBytes: 100 * GB });

/** How often the queue has offered the run to a worker; null when nothing is queued for it. */
async function attemptsInQueue(runId: string): Promise<number | null> {
  const [job] = await db.system.$queryRaw<{ attempts: number }[]>`select attempts from graphile_worker.jobs where key = ${`run:${runId}`}`;
  return job?.attempts ?? null;
}

describe("a worker whose database is short of disk space", () => {
  /** One run is being collected; then, perhaps, space runs short, and another is asked for. */
  async function runBesideAnother(spaceAfterwards: number) {
    freeBytes = 50 * GB;
    const { script, answer } = givesWhenTold("1");
    const { worker: held, collectors } = await startWorker({ [A]: script, [B]: gives("2") }, { readSpace });
    const [first, second] = [await createOrganization(db, { urls: [A] }), await createOrganization(db, { urls: [B] })];
    const firstRun = await startRunOf(db, first);
    await vi.waitFor(() => expect(collectors.calls.get(A)).toBe(1), WITHIN);
    freeBytes = spaceAfterwards;
    if (spaceAfterwards < GB) await vi.waitFor(() => expect(held.holdReason()).not.toBeNull(), WITHIN);
    const secondRun = await startRunOf(db, second);
    return { held, collectors, answer, first: { ...first, runId: firstRun }, second: { ...second, runId: secondRun } };
  }

  it("finishes what it does and takes nothing new, which waits with all its attempts, until there is space", async () => {
    const { held, collectors, answer, first, second } = await runBesideAnother(0.5 * GB);
    expect(held.holdReason()).toBe("Less than 1 GB is free where the database is, so nothing is collected until there is more.");
    answer();
    // Its end would make the worker look for the next run at once.
    expect(await endOfRun(db, first.orgId, first.runId)).toMatchObject({ status: "succeeded", newCount: 1 });
    await vi.waitFor(async () => expect(await attemptsInQueue(first.runId)).toBeNull(), WITHIN);
    expect(await lookAtRun(db, second.orgId, second.runId)).toMatchObject({ status: "queued", attempt: 0 });
    expect(await attemptsInQueue(second.runId)).toBe(0);
    expect(collectors.calls.has(B)).toBe(false);

    freeBytes = 50 * GB;
    expect(await endOfRun(db, second.orgId, second.runId)).toMatchObject({ status: "succeeded", attempt: 1 });
    expect(held.holdReason()).toBeNull();
  });

  it("would have taken it beside the other with space", async () => {
    const { answer, second } = await runBesideAnother(50 * GB);
    expect(await endOfRun(db, second.orgId, second.runId)).toMatchObject({ status: "succeeded" });
    answer();
  });

  it("tests no source either, and does so when there is space", async () => {
    freeBytes = 0.5 * GB;
    const { worker: held } = await startWorker({ [A]: gives("1") }, { readSpace });
    expect(held.holdReason()).not.toBeNull();
    const organization = await createOrganization(db, { urls: [] });
    const definition = { kind: "feed", name: "A", url: A, config: {} } as const;
    const testId = randomUUID();
    await db.withTenant(organization.orgId, (tx) => startSourceTest(tx, testKeys, { orgId: organization.orgId, testId }, { definition }));
    const findTest = () => db.system.sourceTest.findUnique({ where: { id: testId } });
    expect(await findTest()).toMatchObject({ finishedAt: null });
    freeBytes = 50 * GB;
    await vi.waitFor(async () => expect((await findTest())?.finishedAt).not.toBeNull(), WITHIN);
  });

  it("stops when it is told to", async () => {
    freeBytes = 0.5 * GB;
    const { worker: held } = await startWorker({ [A]: gives("1") }, { readSpace });
    const organization = await createOrganization(db, { urls: [A] });
    const runId = await startRunOf(db, organization);
    await held.stop();
    expect(await lookAtRun(db, organization.orgId, runId)).toMatchObject({ status: "queued", attempt: 0 });
  });

  it("goes on as if there was enough where the disk cannot be looked at", async () => {
    const { worker: held } = await startWorker({ [A]: gives("1") }, { readSpace: () => Promise.reject(new Error("no such folder")) });
    const organization = await createOrganization(db, { urls: [A] });
    expect(held.holdReason()).toBeNull();
    expect(await endOfRun(db, organization.orgId, await startRunOf(db, organization))).toMatchObject({ status: "succeeded" });
  });
});

it("a worker whose process is short of something takes nothing, and says why, until it has enough", () => {
  let shortage: string | null = null;
  const hold = createHold({ log: silentLog, findExhaustion: () => shortage });
  expect(hold.reason()).toBeNull();
  shortage = "900 of 1000 files and sockets are open.";
  expect(hold.reason()).toBe(shortage);
  shortage = null;
  expect(hold.reason()).toBeNull();
});

describe("a worker whose database says that its disk is full", () => {
  const owner = (statement: string) => withClient(own.server.ownerConnection, (client) => client.query(statement));

  afterEach(() => owner("drop function if exists disk_full cascade"));

  it.each(["item", "host_turn"])("in what it writes to %s takes nothing for a while, then tries again and stores everything once", async (table) => {
    await owner(`create function disk_full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
    await owner(`create trigger disk_full before insert on ${table} for each statement execute function disk_full()`);
    const { worker: held } = await startWorker({ [A]: gives("1", "2") }, { fullForMs: 1_000 });
    const organization = await createOrganization(db, { urls: [A] });
    const runId = await startRunOf(db, organization);
    await vi.waitFor(() => expect(held.holdReason()).toContain("disk is full"), WITHIN);
    await owner("drop function disk_full cascade");

    const run = await until(
      db,
      async () => {
        // What the scheduler does every few seconds.
        await db.withSystem((tx) => reapRuns(tx));
        return lookAtRun(db, organization.orgId, runId);
      },
      ({ finishedAt }) => finishedAt !== null,
    );
    expect(run).toMatchObject({ status: "succeeded", newCount: 2, attempt: 1 });
    expect(held.holdReason()).toBeNull();
    expect(await db.system.item.count({ where: { orgId: organization.orgId } })).toBe(2);
  });
});
