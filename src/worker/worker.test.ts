import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { reapRuns } from "@/db/reap-runs";
import { findRun, requestCancel, startRun } from "@/db/runs";
import { findSourceTestResult, startSourceTest } from "@/db/source-tests";
import type { RunDetail } from "@/domain/run";
import { RECONNECT_GRACE_MS } from "@/domain/run-status";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { fails, gives, hangs, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { testKeys } from "@/testing/test-keys";
import { until } from "@/testing/until";
import { createWorker, type Worker } from "./worker";

let server: TestDatabase;
let db: Database;
const running: Worker[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 8, log: silentLog });
  await db.listener.start();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function startWorker(scripts: Record<string, Script>, concurrency = 2) {
  const collectors = scriptedCollector(scripts);
  const worker = createWorker({ db, collectors, connection: server.connection, log: silentLog, instanceId: randomUUID(), concurrency, finishMs: 200 });
  running.push(worker);
  await worker.start();
  return { worker, collectors };
}

async function start({ orgId, presetId, userId }: TestOrganization, limitMs = 60_000) {
  return db.withTenant(orgId, (tx) => startRun(tx, orgId, { presetId, actorId: userId, limitMs, trigger: "person", requestKey: randomUUID() }));
}

function look(orgId: string, runId: string): Promise<RunDetail> {
  return db.withTenant(orgId, async (tx) => {
    const run = await findRun(tx, orgId, runId);
    if (!run) throw new Error("The run is gone.");
    return run;
  });
}

const ended = (db: Database, orgId: string, runId: string) =>
  until(
    db,
    () => look(orgId, runId),
    (run) => run.finishedAt !== null,
  );

describe("a worker", () => {
  it("collects the sources of a queued run and adds up its counts", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://b.example/"] });
    await startWorker({ "https://a.example/": gives("1", "2"), "https://b.example/": gives("3") });
    const { runId } = await start(organization);

    const run = await ended(db, organization.orgId, runId);
    expect(run).toMatchObject({ status: "succeeded", newCount: 3, changedCount: 0, attempt: 1, sourceCount: 2, doneSourceCount: 2 });
    expect(run.sources.map((source) => [source.status, source.newCount])).toEqual([
      ["succeeded", 2],
      ["succeeded", 1],
    ]);
  });

  it("lets a source fail alone, with its reason, and ends the run as partial", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://b.example/"] });
    await startWorker({ "https://a.example/": fails("500 The site broke."), "https://b.example/": gives("3") });
    const { runId } = await start(organization);

    const run = await ended(db, organization.orgId, runId);
    expect(run).toMatchObject({ status: "partial", newCount: 1, failedSourceCount: 1 });
    expect(run.sources[0]).toMatchObject({ status: "failed", message: "500 The site broke.", httpStatus: 500, errorCode: "http_status" });
    const source = await db.system.source.findFirst({ where: { id: organization.sourceIds[0] } });
    expect(source).toMatchObject({ consecutiveFailures: 1, lastFailureMessage: "500 The site broke." });
  });

  it("lets a source fail alone whose items, or whose reason, the database refuses", async () => {
    const urls = ["https://items.example/", "https://reason.example/", "https://b.example/"];
    const organization = await createOrganization(db, { urls });
    const undated = async () => [{ key: "1", publishedAt: new Date(8.64e15), fields: {} }];
    await startWorker({ "https://items.example/": undated, "https://reason.example/": fails("500 It says \u0000."), "https://b.example/": gives("3") });
    const { runId } = await start(organization);

    const run = await ended(db, organization.orgId, runId);
    expect(run).toMatchObject({ status: "partial", newCount: 1, attempt: 1 });
    expect(run.sources.map(({ status, message }) => [status, message])).toEqual([
      ["failed", "The database refuses what this source gave. Nothing of it was stored. The server's log has the details."],
      ["failed", "500 It says ."],
      ["succeeded", null],
    ]);
  });

  it("ends the run as failed when every source failed", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/"] });
    await startWorker({ "https://a.example/": fails("500") });
    const { runId } = await start(organization);
    expect(await ended(db, organization.orgId, runId)).toMatchObject({ status: "failed" });
  });

  it("says so when the preset has nothing to collect", async () => {
    const organization = await createOrganization(db, { urls: [] });
    await startWorker({});
    const { runId } = await start(organization);
    const run = await ended(db, organization.orgId, runId);
    expect(run.status).toBe("failed");
    expect(run.message).toContain("no source that is turned on");
  });

  it("stops a cancelled run within two seconds and keeps what was collected", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://slow.example/"] });
    const slow = hangs();
    await startWorker({ "https://a.example/": gives("1"), "https://slow.example/": slow.script });
    const { runId } = await start(organization);
    await slow.started;
    await until(
      db,
      () => look(organization.orgId, runId),
      (run) => run.doneSourceCount === 1,
    );

    const asked = performance.now();
    await db.withTenant(organization.orgId, (tx) => requestCancel(tx, organization.orgId, runId, organization.userId));
    const run = await ended(db, organization.orgId, runId);
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(run).toMatchObject({ status: "cancelled", newCount: 1, cancelledByName: "Ada Lovelace" });
    expect(run.sources.map((source) => source.status)).toEqual(["succeeded", "cancelled"]);
  });

  it("ends a run that takes longer than its limit as timed out", async () => {
    const organization = await createOrganization(db, { urls: ["https://slow.example/"] });
    await startWorker({ "https://slow.example/": hangs().script });
    const { runId } = await start(organization, 300);
    const run = await ended(db, organization.orgId, runId);
    expect(run.status).toBe("timed_out");
    expect(run.message).toContain("time limit");
  });

  it("tests a source although a run of others has taken all of its places", async () => {
    const slow = Array.from({ length: 4 }, (_, index) => ({ url: `https://slow-${index}.example/`, ...hangs() }));
    const { worker } = await startWorker({ ...Object.fromEntries(slow.map(({ url, script }) => [url, script])), "https://new.example/": gives("1") }, 1);
    await start(await createOrganization(db, { urls: slow.map(({ url }) => url) }));
    await Promise.all(slow.map(({ started }) => started));
    expect(worker.collecting()).toMatchObject({ size: 4, taken: 4 });
    const [{ orgId }, testId] = [await createOrganization(db), randomUUID()];
    const definition = { name: "New", kind: "feed", url: "https://new.example/", config: {} } as const;
    await db.withTenant(orgId, (tx) => startSourceTest(tx, testKeys, { orgId, testId }, { definition }));
    const result = () => db.withTenant(orgId, (tx) => findSourceTestResult(tx, orgId, testId));
    expect(await until(db, result, (found) => found !== null)).toMatchObject({ ok: true, itemCount: 1 });
  });

  it("hands a run back when it is stopped, and another worker finishes what is left", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://slow.example/"] });
    const slow = hangs();
    const first = await startWorker({ "https://a.example/": gives("1"), "https://slow.example/": slow.script });
    const { runId } = await start(organization);
    await slow.started;
    await until(
      db,
      () => look(organization.orgId, runId),
      (run) => run.doneSourceCount === 1,
    );
    await first.worker.stop();
    expect(await look(organization.orgId, runId)).toMatchObject({ status: "queued", attempt: 0 });

    const second = await startWorker({ "https://a.example/": gives("1"), "https://slow.example/": gives("2") });
    expect(await ended(db, organization.orgId, runId)).toMatchObject({ status: "succeeded", newCount: 2 });
    expect(second.collectors.calls.has("https://a.example/")).toBe(false);
  });
});

describe("a run during which every connection to the database is dropped", () => {
  /** Ends the source's wait and, before that, every connection of this database but the one that does it. */
  async function interrupt(release: () => void) {
    const admin = createDatabase(server.ownerConnection, { poolSize: 1, log: silentLog });
    await admin.system.$executeRaw`
      select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    release();
    await admin.close();
  }

  it("is finished by the same worker, with nothing lost or doubled", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://slow.example/"] });
    const { promise, release } = gate();
    const slow: Script = async () => {
      await promise;
      return [{ key: "late", fields: {} }];
    };
    const { collectors } = await startWorker({ "https://a.example/": gives("1"), "https://slow.example/": slow });
    const { runId } = await start(organization);
    await until(
      db,
      () => look(organization.orgId, runId),
      (run) => run.doneSourceCount === 1 && run.sources[1]?.status === "fetching",
    );
    await interrupt(release);

    const run = await until(
      db,
      async () => {
        // What the scheduler does every few seconds.
        await db.withSystem((tx) => reapRuns(tx, { graceMs: RECONNECT_GRACE_MS })).catch(() => {});
        return look(organization.orgId, runId).catch(() => null);
      },
      (seen) => seen?.finishedAt != null,
      20_000,
    );
    expect(run).toMatchObject({ status: "succeeded", newCount: 2, attempt: 1, crashCount: 0 });
    expect(await db.system.item.count({ where: { orgId: organization.orgId } })).toBe(2);
    expect([...collectors.calls.values()]).toEqual([1, 1]);
  });
});

describe("a run whose worker is gone", () => {
  async function crash(attempt: number) {
    const organization = await createOrganization(db, { urls: ["https://a.example/"] });
    const { runId } = await start(organization);
    await db.system.$executeRaw`delete from graphile_worker._private_jobs`;
    await db.system.run.update({
      where: { id: runId },
      data: {
        status: "running",
        attempt,
        workerId: randomUUID(),
        leaseToken: randomUUID(),
        leaseExpiresAt: new Date(Date.now() + 60_000),
        startedAt: new Date(),
      },
    });
    return { ...organization, runId };
  }

  it("is queued again at once when its process no longer lives, and is finished by another", async () => {
    const { orgId, runId } = await crash(1);
    expect(await db.withSystem((tx) => reapRuns(tx))).toEqual({ resumed: 1, abandoned: 0 });
    await startWorker({ "https://a.example/": gives("1") });
    expect(await ended(db, orgId, runId)).toMatchObject({ status: "succeeded", attempt: 2 });
  });

  it("is abandoned after its second attempt", async () => {
    const { orgId, runId } = await crash(2);
    expect(await db.withSystem((tx) => reapRuns(tx))).toEqual({ resumed: 0, abandoned: 1 });
    const run = await look(orgId, runId);
    expect(run.status).toBe("abandoned");
    expect(run.message).toContain("stopped without a word");
  });

  it("is left alone while its process lives and its lease holds", async () => {
    const organization = await createOrganization(db, { urls: ["https://slow.example/"] });
    const slow = hangs();
    await startWorker({ "https://slow.example/": slow.script });
    const { runId } = await start(organization);
    await slow.started;
    expect(await db.withSystem((tx) => reapRuns(tx))).toEqual({ resumed: 0, abandoned: 0 });
    expect((await look(organization.orgId, runId)).status).toBe("running");
    await db.withTenant(organization.orgId, (tx) => requestCancel(tx, organization.orgId, runId, organization.userId));
    await ended(db, organization.orgId, runId);
  });

  it("can no longer be written to by a worker that lost its lease", async () => {
    const organization = await createOrganization(db, { urls: ["https://slow.example/"] });
    const { promise, release } = gate();
    const { collectors } = await startWorker({
      "https://slow.example/": async () => {
        await promise;
        return [{ key: "late", fields: {} }];
      },
    });
    const { runId } = await start(organization);
    await until(
      db,
      () => look(organization.orgId, runId),
      (run) => run.sources[0]?.status === "fetching",
    );
    await db.system.run.update({ where: { id: runId }, data: { leaseToken: randomUUID() } });
    release();
    await running[0]?.stop();
    expect(collectors.calls.get("https://slow.example/")).toBe(1);
    expect(await db.system.item.count({ where: { orgId: organization.orgId } })).toBe(0);
    expect((await look(organization.orgId, runId)).status).toBe("running");
  });
});

function gate() {
  let release = () => {};
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}
