import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newOwner() {
  const organization = await world.organization();
  return { ...organization, owner: world.caller(organization.session) };
}

test("run now takes the schedule's preset and time limit, works while the schedule is off and moves no slot", async () => {
  const { owner, presetId } = await newOwner();
  const before = await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId, enabled: false, runLimitMs: 120_000 });
  const { runId, number } = await owner.run.start({ requestKey: randomUUID() });
  expect(await owner.run.get({ runId })).toMatchObject({ number, status: "queued", trigger: "person", limitMs: 120_000, startedByName: "Ada Lovelace" });
  expect(await owner.schedule.get()).toEqual(before);
});

test("without a schedule the run takes the preset that is named and the installation's time limit", async () => {
  const { owner, presetId } = await newOwner();
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  expect(await owner.run.get({ runId })).toMatchObject({ presetName: "Everything", limitMs: 900_000 });
});

test("with neither a schedule nor a preset it says what to pick", async () => {
  const { owner } = await newOwner();
  await expect(owner.run.start({ requestKey: randomUUID() })).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { field: "presetId" } } });
});

test("vector 21: run now works while the schedule is on or paused, and leaves its slot and its pause as they are", async () => {
  const { owner, orgId, presetId } = await newOwner();
  await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId, enabled: true });
  const stored = () => world.db.system.schedule.findUniqueOrThrow({ where: { orgId } });
  for (const pausedAt of [null, new Date()]) {
    await world.db.system.schedule.update({ where: { orgId }, data: { pausedAt } });
    const before = await stored();
    expect(before.nextRunAt).not.toBeNull();
    const { runId } = await owner.run.start({ requestKey: randomUUID() });
    expect(await owner.run.get({ runId })).toMatchObject({ status: "queued", slotAt: null });
    expect(await stored()).toEqual(before);
    await owner.run.cancel({ runId });
  }
});

const CLICKS = 20;

test("vector 21: of 20 clicks at once exactly one starts a run, and the other 19 are told which", async () => {
  const { owner, orgId, presetId } = await newOwner();
  const clicks = Array.from({ length: CLICKS }, () => owner.run.start({ requestKey: randomUUID(), presetId }));
  const answers = await Promise.allSettled(clicks);
  const started = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  const refusals = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
  expect(started).toEqual([{ runId: expect.any(String), number: 1 }]);
  const conflict = { code: "CONFLICT", cause: { code: "run_in_progress", details: { runId: started[0]?.runId } }, message: expect.stringContaining("Run 1") };
  expect(refusals).toMatchObject(Array.from({ length: CLICKS - 1 }, () => conflict));
  expect(await world.db.system.run.count({ where: { orgId } })).toBe(1);
});

test("vector 21: one click that arrives 20 times at once is one run and 20 times the same answer", async () => {
  const { owner, orgId, presetId } = await newOwner();
  const click = { requestKey: randomUUID(), presetId };
  const answers = await Promise.all(Array.from({ length: CLICKS }, () => owner.run.start(click)));
  expect(answers).toEqual(Array.from({ length: CLICKS }, () => answers[0]));
  expect(await world.db.system.run.count({ where: { orgId } })).toBe(1);
  expect(await world.db.system.auditEntry.count({ where: { orgId, action: "run.start" } })).toBe(1);
});

describe("retrying the failed sources of a run", () => {
  /** A run whose only source failed. */
  async function newOwnerOfFailedRun() {
    const organization = await newOwner();
    const { owner, orgId, presetId, sourceIds } = organization;
    const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
    const sourceId = sourceIds[0] ?? "";
    await world.db.system.runSource.create({
      data: { orgId, runId, sourceId, position: 0, name: "Source 1", kind: "feed", url: "https://example.org/", status: "failed", message: "404 Not found." },
    });
    await world.db.system.run.update({ where: { id: runId }, data: { status: "failed", finishedAt: new Date() } });
    return { ...organization, runId };
  }

  test("starts one run for a click, under the schedule's time limit, and is in the audit once", async () => {
    const { owner, orgId, presetId, runId } = await newOwnerOfFailedRun();
    await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId, enabled: false, runLimitMs: 120_000 });
    const click = { requestKey: randomUUID(), runId };
    const [first, second] = await Promise.all([owner.run.retryFailed(click), owner.run.retryFailed(click)]);
    expect(second).toEqual(first);
    expect(await owner.run.get({ runId: first.runId })).toMatchObject({ limitMs: 120_000, retryOfRunId: runId, retryOfRunNumber: 1, sourceCount: 1 });
    expect((await owner.run.list({})).runs).toMatchObject([{ retryOfRunNumber: 1 }, { retryOfRunNumber: null, retryableSourceCount: 1 }]);
    expect(await world.db.system.auditEntry.findMany({ where: { orgId, action: "run.retryFailed" } })).toMatchObject([
      { subjectId: first.runId, summary: "Started run 2 to collect the failed sources of run 1 again" },
    ]);
  });

  test("a second click while the retry is going is told which run that is", async () => {
    const { owner, runId } = await newOwnerOfFailedRun();
    const retry = await owner.run.retryFailed({ requestKey: randomUUID(), runId });
    await expect(owner.run.retryFailed({ requestKey: randomUUID(), runId })).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { code: "run_in_progress", details: { runId: retry.runId } },
    });
  });

  test("is refused for a run without failures, and leaves no trace", async () => {
    const { owner, orgId, runId } = await newOwnerOfFailedRun();
    await world.db.system.runSource.updateMany({ where: { runId }, data: { status: "succeeded" } });
    await expect(owner.run.retryFailed({ requestKey: randomUUID(), runId })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "No source of run 1 failed, so there is nothing to collect again.",
    });
    expect(await world.db.system.auditEntry.count({ where: { orgId, action: "run.retryFailed" } })).toBe(0);
  });
});

test("a run shows how many of its workers died, and when a failed source is tried again", async () => {
  const { owner, orgId, presetId, sourceIds } = await newOwner();
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  const retryAt = new Date("2027-03-14T07:00:48Z");
  await world.db.system.run.update({ where: { id: runId }, data: { attempt: 1, crashCount: 1 } });
  await world.db.system.runSource.create({
    data: { orgId, runId, sourceId: sourceIds[0] ?? "", position: 0, name: "Source 1", kind: "feed", url: "https://example.org/", attempts: 1, retryAt },
  });
  expect(await owner.run.get({ runId })).toMatchObject({ crashCount: 1, sources: [{ attempts: 1, retryAt }] });
  expect((await owner.run.list({})).runs).toMatchObject([{ crashCount: 1 }]);
});

test("a cancelled run says who cancelled it, and the next one may start", async () => {
  const { owner, presetId } = await newOwner();
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  expect(await owner.run.cancel({ runId })).toMatchObject({ status: "cancelled", cancelledByName: "Ada Lovelace" });
  await expect(owner.run.start({ requestKey: randomUUID(), presetId })).resolves.toMatchObject({ runId: expect.not.stringContaining(runId) });
});

test("the log begins with how the run came to be, goes on after any line, and is of the organization's own runs alone", async () => {
  const [{ owner, presetId }, stranger] = [await newOwner(), await newOwner()];
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  await owner.run.cancel({ runId });
  const whole = await owner.run.log({ runId });
  expect(whole.events.map(({ number, code }) => [number, code])).toEqual([
    [0, "queued"],
    [1, "cancel_requested"],
    [2, "ended"],
  ]);
  expect(await owner.run.log({ runId, cursor: 0 })).toEqual({ ...whole, events: whole.events.slice(1) });
  for (const cursor of [-1, 0]) await expect(stranger.owner.run.log({ runId, cursor })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("starting and cancelling are in the audit", async () => {
  const { owner, orgId, presetId } = await newOwner();
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  await owner.run.cancel({ runId });
  const entries = await world.db.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } });
  expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([
    ["run.start", runId],
    ["run.cancel", runId],
  ]);
});

test("a run that does not exist is not found", async () => {
  const { owner } = await newOwner();
  await expect(owner.run.get({ runId: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(owner.run.cancel({ runId: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the list pages through the ledger, newest first", async () => {
  const { owner, presetId } = await newOwner();
  for (let runs = 0; runs < 3; runs++) await owner.run.cancel(await owner.run.start({ requestKey: randomUUID(), presetId }));
  const first = await owner.run.list({ limit: 2 });
  const second = await owner.run.list({ limit: 2, cursor: first.nextCursor });
  expect([...first.runs, ...second.runs].map(({ number }) => number)).toEqual([3, 2, 1]);
  expect(second.nextCursor).toBeNull();
});
