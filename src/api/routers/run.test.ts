import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
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

test("one click is one run, however often it is sent", async () => {
  const { owner, presetId } = await newOwner();
  const click = { requestKey: randomUUID(), presetId };
  const answers = await Promise.all([owner.run.start(click), owner.run.start(click), owner.run.start(click)]);
  expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
  expect((await owner.run.list({})).runs).toHaveLength(1);
});

test("a second click while a run is going is told which run that is", async () => {
  const { owner, presetId } = await newOwner();
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  await expect(owner.run.start({ requestKey: randomUUID(), presetId })).rejects.toMatchObject({
    code: "CONFLICT",
    cause: { code: "run_in_progress", details: { runId } },
  });
});

test("a cancelled run says who cancelled it, and the next one may start", async () => {
  const { owner, presetId } = await newOwner();
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  expect(await owner.run.cancel({ runId })).toMatchObject({ status: "cancelled", cancelledByName: "Ada Lovelace" });
  await expect(owner.run.start({ requestKey: randomUUID(), presetId })).resolves.toMatchObject({ runId: expect.not.stringContaining(runId) });
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
