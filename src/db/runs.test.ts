import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { findRun, listRuns, requestCancel, startRun } from "./runs";

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

function start({ orgId, presetId, userId }: TestOrganization, requestKey = randomUUID()) {
  return db.withTenant(orgId, (tx) => startRun(tx, orgId, { presetId, actorId: userId, requestKey, trigger: "person", limitMs: 60_000 }));
}

const queueLength = async () => (await db.system.$queryRaw<unknown[]>`select 1 from graphile_worker.jobs`).length;

describe("starting a run by hand", () => {
  it("vector 21: is a typed conflict that names the run while one is active", async () => {
    const organization = await createOrganization(db);
    const first = await start(organization);
    await expect(start(organization)).rejects.toMatchObject({ code: "run_in_progress", details: { runId: first.runId } });
  });

  it("vector 21: is one run for two clicks in the same moment", async () => {
    const organization = await createOrganization(db);
    const [key, before] = [randomUUID(), await queueLength()];
    const clicks = await Promise.all([start(organization, key), start(organization, key)]);
    expect(new Set(clicks.map((click) => click.runId)).size).toBe(1);
    expect(clicks.map((click) => click.isNew).sort()).toEqual([false, true]);
    expect(await queueLength()).toBe(before + 1);
    expect(await db.system.run.count({ where: { orgId: organization.orgId } })).toBe(1);
  });

  it("vector 21: works while the schedule is off and moves no slot", async () => {
    const organization = await createOrganization(db);
    const { orgId, presetId } = organization;
    await db.system.schedule.create({ data: { orgId, presetId, cronExpression: "0 7 * * *", timeZone: "UTC", enabled: false } });
    await start(organization);
    expect(await db.system.schedule.findUnique({ where: { orgId } })).toMatchObject({ nextRunAt: null, version: 1, enabled: false });
  });

  it("vector 21, control: two who do not wait for each other both see no run going, and the second fails instead of being told", async () => {
    const { orgId } = await createOrganization(db);
    let looked = 0;
    let allHaveLooked = () => {};
    const gate = new Promise<void>((resolve) => {
      allHaveLooked = resolve;
    });
    const begin = (number: number) =>
      db.withTenant(orgId, async (tx) => {
        expect(await tx.run.findFirst({ where: { orgId } })).toBeNull();
        if (++looked === 2) allHaveLooked();
        await gate;
        await tx.run.create({ data: { orgId, number, trigger: "person", status: "queued", limitMs: 60_000 } });
      });
    const results = await Promise.allSettled([begin(1), begin(2)]);
    const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(failures).toEqual([expect.objectContaining({ code: "P2002" })]);
    expect(await db.system.run.count({ where: { orgId } })).toBe(1);
  });

  it("counts its runs without gaps", async () => {
    const organization = await createOrganization(db);
    for (const number of [1, 2, 3]) {
      const run = await start(organization);
      expect(run.number).toBe(number);
      await expect(start(organization)).rejects.toThrow("still going");
      await db.withTenant(organization.orgId, (tx) => requestCancel(tx, organization.orgId, run.runId, organization.userId));
    }
  });
});

it("a run that is back in the queue and is cancelled there ends as any other does: its new items count and no attempt waits", async () => {
  const { orgId, userId, ...organization } = await createOrganization(db);
  const { runId } = await start({ orgId, userId, ...organization });
  const source = { orgId, runId, name: "Feed", kind: "feed", url: "https://example.org/" } as const;
  const [collected, waiting] = [{ status: "succeeded", newCount: 3 } as const, { status: "queued", attempts: 1, retryAt: new Date() } as const];
  for (const [position, state] of [collected, waiting].entries()) {
    await db.system.runSource.create({ data: { ...source, sourceId: randomUUID(), position, ...state } });
  }
  const run = await db.withTenant(orgId, (tx) => requestCancel(tx, orgId, runId, userId));
  expect(run).toMatchObject({ status: "cancelled", cancelledByName: "Ada Lovelace", finishedAt: expect.any(Date) });
  expect(run.sources).toMatchObject([
    { status: "succeeded", newCount: 3 },
    { status: "cancelled", retryAt: null, finishedAt: expect.any(Date) },
  ]);
  expect(await db.system.run.findUnique({ where: { id: runId } })).toMatchObject({ newCount: 3, leaseToken: null });
});

describe("the ledger", () => {
  it("is listed newest first, page by page, and only to its organization", async () => {
    const [mine, theirs] = [await createOrganization(db), await createOrganization(db)];
    for (let count = 0; count < 3; count++) {
      const run = await start(mine);
      await db.withTenant(mine.orgId, (tx) => requestCancel(tx, mine.orgId, run.runId, mine.userId));
    }
    const page = (cursor?: number) => db.withTenant(mine.orgId, (tx) => listRuns(tx, mine.orgId, { limit: 2, cursor }));
    const first = await page();
    expect(first.runs.map((run) => run.number)).toEqual([3, 2]);
    expect(first.nextCursor).toBe(2);
    const second = await page(2);
    expect(second).toMatchObject({ runs: [{ number: 1, status: "cancelled", cancelledByName: "Ada Lovelace" }], nextCursor: null });
    const runId = first.runs[0]?.id ?? "";
    expect(await db.withTenant(theirs.orgId, (tx) => findRun(tx, theirs.orgId, runId))).toBeNull();
    expect(await db.withTenant(theirs.orgId, (tx) => findRun(tx, mine.orgId, runId))).toBeNull();
  });
});

describe("how long a run usually takes", () => {
  const took = async ({ orgId, presetId }: TestOrganization, number: number, seconds: number, other: { status?: "failed"; presetId?: string } = {}) => {
    const startedAt = new Date("2026-11-24T07:00:00Z");
    const finishedAt = new Date(startedAt.getTime() + seconds * 1_000);
    await db.system.run.create({
      data: { orgId, presetId, number, trigger: "person", status: "succeeded", limitMs: 1, startedAt, finishedAt, ...other },
    });
    await db.system.organization.update({ where: { id: orgId }, data: { lastRunNumber: number } });
  };

  it("is the median of its preset's runs that collected something, once there are three", async () => {
    const organization = await createOrganization(db);
    for (const [index, seconds] of [10, 60].entries()) await took(organization, index + 1, seconds);
    await took(organization, 3, 1, { status: "failed" });
    await took(organization, 4, 1, { presetId: randomUUID() });
    const { orgId } = organization;
    const first = await start(organization);
    const look = (runId: string) => db.withTenant(orgId, (tx) => findRun(tx, orgId, runId));
    expect(await look(first.runId)).toMatchObject({ status: "queued", usualMs: null });

    await db.withTenant(orgId, (tx) => requestCancel(tx, orgId, first.runId, organization.userId));
    await took(organization, 6, 20);
    expect(await look((await start(organization)).runId)).toMatchObject({ usualMs: 20_000 });
    expect(await look(first.runId)).toMatchObject({ status: "cancelled", usualMs: null });
  });
});
