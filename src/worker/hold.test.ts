import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createVisit } from "@/collectors/visit";
import { createDatabase, type Database } from "@/db/client";
import { withClient } from "@/db/connect";
import { reapRuns } from "@/db/reap-runs";
import { findRun, startRun } from "@/db/runs";
import { startSourceTest } from "@/db/source-tests";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { gives, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { testKeys } from "@/testing/test-keys";
import { until } from "@/testing/until";
import { createHold } from "./hold";
import { createHostGate } from "./host-gate";
import { createWorker, type Worker, type WorkerOptions } from "./worker";

const GB = 1_000_000_000;
const A = "https://a.example/";
const B = "https://b.example/";
const WITHIN = { timeout: 10_000, interval: 20 };

let server: TestDatabase;
let db: Database;
let worker: Worker | undefined;
let freeBytes: number;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 6, log: silentLog });
  await db.listener.start();
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function startWorker(scripts: Record<string, Script>, options: Partial<WorkerOptions> = {}) {
  // As the server makes it: before the worker, and of the same database.
  const gate = createHostGate({ db, log: silentLog, spacingMs: 0 });
  const collectors = {
    ...scriptedCollector(scripts),
    async approach({ url }: { url: string }, visitor: Parameters<typeof createVisit>[2]) {
      const visit = createVisit(gate, false, visitor);
      await visit.hold(new URL(url));
      return visit;
    },
  };
  const shared = { db, collectors, connection: server.connection, log: silentLog, instanceId: randomUUID() };
  worker = createWorker({ ...shared, concurrency: 2, finishMs: 200, lookMs: 20, ...options });
  await worker.start();
  return { worker, collectors };
}

const readSpace = async () => ({ freeBytes, totalBytes: 100 * GB });

async function start({ orgId, presetId, userId }: TestOrganization): Promise<string> {
  const request = { presetId, actorId: userId, limitMs: 60_000, trigger: "person" as const, requestKey: randomUUID() };
  return (await db.withTenant(orgId, (tx) => startRun(tx, orgId, request))).runId;
}

const look = (orgId: string, runId: string) => db.withTenant(orgId, (tx) => findRun(tx, orgId, runId));

const ended = (orgId: string, runId: string) =>
  until(
    db,
    () => look(orgId, runId),
    (run) => run?.finishedAt != null,
  );

/** How often the queue has offered the run to a worker; null when nothing is queued for it. */
async function attemptsInQueue(runId: string): Promise<number | null> {
  const [job] = await db.system.$queryRaw<{ attempts: number }[]>`select attempts from graphile_worker.jobs where key = ${`run:${runId}`}`;
  return job?.attempts ?? null;
}

function gate() {
  let release = () => {};
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

describe("a worker whose database is short of disk space", () => {
  /** One run is being collected; then, perhaps, space runs short, and another is asked for. */
  async function runBesideAnother(spaceAfterwards: number) {
    freeBytes = 50 * GB;
    const { promise, release } = gate();
    const slow: Script = async () => {
      await promise;
      return [{ key: "1", fields: {} }];
    };
    const { worker: held, collectors } = await startWorker({ [A]: slow, [B]: gives("2") }, { readSpace });
    const [first, second] = [await createOrganization(db, { urls: [A] }), await createOrganization(db, { urls: [B] })];
    const firstRun = await start(first);
    await vi.waitFor(() => expect(collectors.calls.get(A)).toBe(1), WITHIN);
    freeBytes = spaceAfterwards;
    if (spaceAfterwards < GB) await vi.waitFor(() => expect(held.holdReason()).not.toBeNull(), WITHIN);
    const secondRun = await start(second);
    return { held, collectors, release, first: { ...first, runId: firstRun }, second: { ...second, runId: secondRun } };
  }

  it("finishes what it does and takes nothing new, which waits with all its attempts, until there is space", async () => {
    const { held, collectors, release, first, second } = await runBesideAnother(0.5 * GB);
    expect(held.holdReason()).toBe("Less than 1 GB is free where the database is, so nothing is collected until there is more.");
    release();
    // Its end would make the worker look for the next run at once.
    expect(await ended(first.orgId, first.runId)).toMatchObject({ status: "succeeded", newCount: 1 });
    await vi.waitFor(async () => expect(await attemptsInQueue(first.runId)).toBeNull(), WITHIN);
    expect(await look(second.orgId, second.runId)).toMatchObject({ status: "queued", attempt: 0 });
    expect(await attemptsInQueue(second.runId)).toBe(0);
    expect(collectors.calls.has(B)).toBe(false);

    freeBytes = 50 * GB;
    expect(await ended(second.orgId, second.runId)).toMatchObject({ status: "succeeded", attempt: 1 });
    expect(held.holdReason()).toBeNull();
  });

  it("would have taken it beside the other with space", async () => {
    const { release, second } = await runBesideAnother(50 * GB);
    expect(await ended(second.orgId, second.runId)).toMatchObject({ status: "succeeded" });
    release();
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
    const runId = await start(organization);
    await held.stop();
    expect(await look(organization.orgId, runId)).toMatchObject({ status: "queued", attempt: 0 });
  });

  it("goes on as if there was enough where the disk cannot be looked at", async () => {
    const { worker: held } = await startWorker({ [A]: gives("1") }, { readSpace: () => Promise.reject(new Error("no such folder")) });
    const organization = await createOrganization(db, { urls: [A] });
    expect(held.holdReason()).toBeNull();
    expect(await ended(organization.orgId, await start(organization))).toMatchObject({ status: "succeeded" });
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
  const owner = (statement: string) => withClient(server.ownerConnection, (client) => client.query(statement));

  afterEach(() => owner("drop function if exists disk_full cascade"));

  it.each(["item", "host_turn"])("in what it writes to %s takes nothing for a while, then tries again and stores everything once", async (table) => {
    await owner(`create function disk_full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
    await owner(`create trigger disk_full before insert on ${table} for each statement execute function disk_full()`);
    const { worker: held } = await startWorker({ [A]: gives("1", "2") }, { fullForMs: 1_000 });
    const organization = await createOrganization(db, { urls: [A] });
    const runId = await start(organization);
    await vi.waitFor(() => expect(held.holdReason()).toContain("disk is full"), WITHIN);
    await owner("drop function disk_full cascade");

    const run = await until(
      db,
      async () => {
        // What the scheduler does every few seconds.
        await db.withSystem((tx) => reapRuns(tx));
        return look(organization.orgId, runId);
      },
      (seen) => seen?.finishedAt != null,
    );
    expect(run).toMatchObject({ status: "succeeded", newCount: 2, attempt: 1 });
    expect(held.holdReason()).toBeNull();
    expect(await db.system.item.count({ where: { orgId: organization.orgId } })).toBe(2);
  });
});
