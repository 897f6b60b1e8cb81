import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newOwner() {
  const organization = await world.organization({ urls: ["https://example.org/a", "https://example.org/b", "https://example.org/c"] });
  return { ...organization, owner: world.caller(organization.session) };
}

test("a change is refused when something else is stored by now than it is based on", async () => {
  const { owner, sourceIds, presetId: id } = await newOwner();
  const [a = "", b = "", c = ""] = sourceIds;
  const { revision } = await owner.preset.update({ id, name: "Mine", sourceIds: [a] });
  const { preset: filled } = await owner.preset.addSources({ id, sourceIds: [b] });
  await expect(owner.preset.update({ id, name: "Mine", sourceIds: [a, c], revision })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("“Mine” has changed since you opened it."),
    cause: { details: { currentRevision: filled.revision } },
  });
  expect(
    (await owner.preset.list()).find((preset) => preset.id === id),
    "what was added meanwhile is there",
  ).toEqual(filled);
  expect(await owner.preset.update({ id, name: "Mine", sourceIds: [a, b], revision }), "who saves the same again has missed the answer").toEqual(filled);
  expect(await owner.preset.update({ id, name: "Mine", sourceIds: [b, a], revision: filled.revision })).toMatchObject({ sources: [{ id: b }, { id: a }] });
  expect(await owner.preset.update({ id, name: "Mine", sourceIds: [a] }), "who says nothing of it replaces what is there").toMatchObject({
    sources: [{ id: a }],
  });
});

test("a preset keeps its sources in the order that was given", async () => {
  const { owner, sourceIds } = await newOwner();
  const [a = "", b = "", c = ""] = sourceIds;
  const preset = await owner.preset.create({ name: "Mine", sourceIds: [c, a] });
  expect(preset.sources.map(({ id }) => id)).toEqual([c, a]);
  const updated = await owner.preset.update({ id: preset.id, name: "Ours", sourceIds: [b, c, a] });
  expect(updated).toMatchObject({ name: "Ours", usedBySchedule: false, sources: [{ id: b }, { id: c }, { id: a }] });
  expect(await owner.preset.list()).toEqual([expect.objectContaining({ name: "Everything" }), updated]);
});

test("a name that is taken is refused at its field, also when two ask at once", async () => {
  const { owner, presetId } = await newOwner();
  const taken = { cause: { code: "validation", details: { field: "name" } } };
  await expect(owner.preset.create({ name: " Everything ", sourceIds: [] })).rejects.toMatchObject(taken);
  const twice = await Promise.allSettled([owner.preset.create({ name: "New", sourceIds: [] }), owner.preset.create({ name: "New", sourceIds: [] })]);
  expect(twice.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: taken }]);
  await expect(owner.preset.update({ id: presetId, name: "New", sourceIds: [] })).rejects.toMatchObject(taken);
  await expect(owner.preset.update({ id: presetId, name: "Everything", sourceIds: [] })).resolves.toBeDefined();
});

test("a source that does not exist is refused at its field, and the preset stays as it was", async () => {
  const { owner, presetId } = await newOwner();
  const [before] = await owner.preset.list();
  await expect(owner.preset.update({ id: presetId, name: "X", sourceIds: [randomUUID()] })).rejects.toMatchObject({
    cause: { details: { field: "sourceIds" } },
  });
  expect(await owner.preset.list()).toEqual([before]);
});

test("a preset that the schedule collects is not deleted until the schedule has another one", async () => {
  const { owner, presetId } = await newOwner();
  await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
  expect(await owner.preset.list()).toMatchObject([{ usedBySchedule: true }]);
  await expect(owner.preset.remove({ id: presetId })).rejects.toMatchObject({ code: "CONFLICT", cause: { code: "in_use" } });
  await owner.schedule.update({ version: 1, presetId: null });
  expect(await owner.preset.remove({ id: presetId })).toEqual({ removed: true });
  expect(await owner.source.list()).toHaveLength(3);
});

test("a preset shows which of its sources fail and when it last brought something", async () => {
  const { owner, sourceIds } = await newOwner();
  const [a = "", b = ""] = sourceIds;
  const at = new Date("2026-11-20T08:00:00.000Z");
  await world.db.system.source.update({ where: { id: a }, data: { consecutiveFailures: 2, lastSuccessAt: new Date("2026-11-19T08:00:00.000Z") } });
  await world.db.system.source.update({ where: { id: b }, data: { lastSuccessAt: at } });
  expect(await owner.preset.list()).toMatchObject([{ lastSuccessAt: at, sources: [{ failing: true }, { failing: false }, { failing: false }] }]);
  await world.db.system.source.update({ where: { id: a }, data: { enabled: false } });
  expect(await owner.preset.list()).toMatchObject([{ sources: [{ failing: false }, { failing: false }, { failing: false }] }]);
});

test("a preset says what a run of it asks of the web", async () => {
  const { owner, sourceIds } = await newOwner();
  expect(await owner.preset.list()).toMatchObject([{ load: { sourceCount: 3, hostCount: 1, requestCount: 3, isLeast: false } }]);
  await world.db.system.source.update({ where: { id: sourceIds[0] ?? "" }, data: { url: "https://other.example/" } });
  expect(await owner.preset.list()).toMatchObject([{ load: { hostCount: 2 } }]);
  await world.db.system.source.update({ where: { id: sourceIds[0] ?? "" }, data: { enabled: false } });
  expect(await owner.preset.list()).toMatchObject([{ load: { sourceCount: 2, hostCount: 1, requestCount: 2 } }]);
});

test("every change of a preset is in the audit", async () => {
  const { owner, orgId, sourceIds } = await newOwner();
  const { id } = await owner.preset.create({ name: "Mine", sourceIds: [] });
  await owner.preset.update({ id, name: "Mine", sourceIds: sourceIds.slice(0, 1) });
  await owner.preset.remove({ id });
  const entries = await world.db.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } });
  expect(entries.map(({ action, changes }) => [action, changes])).toEqual([
    ["preset.create", null],
    ["preset.update", { sources: { from: [], to: ["Source 1"] } }],
    ["preset.remove", null],
  ]);
});
