import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { requestCancel } from "@/db/runs";
import { findSourceTestResult, startSourceTest } from "@/db/source-tests";
import { createOrganization } from "@/testing/factories";
import { fails, gives, hangs } from "@/testing/scripted-collector";
import { scriptedWorkers } from "@/testing/scripted-workers";
import { endOfRun, lookAtRun, startRunOf } from "@/testing/started-run";
import { testKeys } from "@/testing/test-keys";
import { until } from "@/testing/until";

let db: Database;

const startWorker = scriptedWorkers((own) => {
  db = own.db;
});

describe("a worker", () => {
  it("collects the sources of a queued run and adds up its counts", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://b.example/"] });
    await startWorker({ "https://a.example/": gives("1", "2"), "https://b.example/": gives("3") });
    const runId = await startRunOf(db, organization);

    const run = await endOfRun(db, organization.orgId, runId);
    expect(run).toMatchObject({ status: "succeeded", newCount: 3, changedCount: 0, attempt: 1, sourceCount: 2, doneSourceCount: 2 });
    expect(run.sources.map((source) => [source.status, source.newCount])).toEqual([
      ["succeeded", 2],
      ["succeeded", 1],
    ]);
  });

  it("lets a source fail alone, with its reason, and ends the run as partial", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://b.example/"] });
    await startWorker({ "https://a.example/": fails("500 The site broke."), "https://b.example/": gives("3") });
    const runId = await startRunOf(db, organization);

    const run = await endOfRun(db, organization.orgId, runId);
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
    const runId = await startRunOf(db, organization);

    const run = await endOfRun(db, organization.orgId, runId);
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
    const runId = await startRunOf(db, organization);
    expect(await endOfRun(db, organization.orgId, runId)).toMatchObject({ status: "failed" });
  });

  it("says so when the preset has nothing to collect", async () => {
    const organization = await createOrganization(db, { urls: [] });
    await startWorker({});
    const runId = await startRunOf(db, organization);
    const run = await endOfRun(db, organization.orgId, runId);
    expect(run.status).toBe("failed");
    expect(run.message).toContain("no source that is turned on");
  });

  it("stops a cancelled run within two seconds and keeps what was collected", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://slow.example/"] });
    const slow = hangs();
    await startWorker({ "https://a.example/": gives("1"), "https://slow.example/": slow.script });
    const runId = await startRunOf(db, organization);
    await slow.started;
    await until(
      db,
      () => lookAtRun(db, organization.orgId, runId),
      (run) => run.doneSourceCount === 1,
    );

    const asked = performance.now();
    await db.withTenant(organization.orgId, (tx) => requestCancel(tx, organization.orgId, runId, organization.userId));
    const run = await endOfRun(db, organization.orgId, runId);
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(run).toMatchObject({ status: "cancelled", newCount: 1, cancelledByName: "Ada Lovelace" });
    expect(run.sources.map((source) => source.status)).toEqual(["succeeded", "cancelled"]);
  });

  it("ends a run that takes longer than its limit as timed out", async () => {
    const organization = await createOrganization(db, { urls: ["https://slow.example/"] });
    await startWorker({ "https://slow.example/": hangs().script });
    const runId = await startRunOf(db, organization, 300);
    const run = await endOfRun(db, organization.orgId, runId);
    expect(run.status).toBe("timed_out");
    expect(run.message).toContain("time limit");
  });

  it("tests a source although a run of others has taken all of its places", async () => {
    const slow = Array.from({ length: 4 }, (_, index) => ({ url: `https://slow-${index}.example/`, ...hangs() }));
    const { worker } = await startWorker(
      { ...Object.fromEntries(slow.map(({ url, script }) => [url, script])), "https://new.example/": gives("1") },
      { concurrency: 1 },
    );
    await startRunOf(db, await createOrganization(db, { urls: slow.map(({ url }) => url) }));
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
    const runId = await startRunOf(db, organization);
    await slow.started;
    await until(
      db,
      () => lookAtRun(db, organization.orgId, runId),
      (run) => run.doneSourceCount === 1,
    );
    await first.worker.stop();
    expect(await lookAtRun(db, organization.orgId, runId)).toMatchObject({ status: "queued", attempt: 0 });

    const second = await startWorker({ "https://a.example/": gives("1"), "https://slow.example/": gives("2") });
    expect(await endOfRun(db, organization.orgId, runId)).toMatchObject({ status: "succeeded", newCount: 2 });
    expect(second.collectors.calls.has("https://a.example/")).toBe(false);
  });
});
