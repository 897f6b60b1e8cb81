import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SourcePageInput } from "@/domain/source-page";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { recordRun } from "@/testing/factories";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newOwner(urls = ["https://a.example/feed", "https://b.example/feed", "https://c.example/feed"]) {
  const organization = await world.organization({ urls });
  return { ...organization, owner: world.caller(organization.session) };
}

describe("the list of sources", () => {
  test("comes page by page, each source once, in either order", async () => {
    const { owner, orgId, sourceIds } = await newOwner(Array.from({ length: 120 }, (_, index) => `https://example.org/${index}`));
    await world.db.system.source.updateMany({
      where: { orgId, id: { in: sourceIds.slice(0, 60) } },
      data: { lastSuccessAt: new Date("2026-11-20T08:00:00Z") },
    });
    for (const order of ["name", "last_success"] as const) {
      const pages = await readAll(owner, { order, limit: 50 });
      expect(pages.map(({ sources }) => sources.length)).toEqual([50, 50, 20]);
      expect(pages[0]).toMatchObject({ total: 120, all: 120, failing: 0 });
      expect(new Set(pages.flatMap(({ sources }) => sources.map(({ id }) => id))).size).toBe(120);
    }
    await expect(owner.source.page({ cursor: "?" })).rejects.toMatchObject({ cause: { details: { field: "cursor" } } });
    const cursor = Buffer.from(JSON.stringify(["\0", randomUUID()])).toString("base64url");
    for (const input of [{ cursor }, { text: "a\0b" }]) await expect(owner.source.page(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(owner.source.create({ kind: "feed", name: "a\0b", url: "https://example.org/", config: {} })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("is narrowed by words of name or host, by kind, and to what fails, and so are the ids of all that match", async () => {
    const { owner, sourceIds } = await newOwner();
    const [a = "", b = "", c = ""] = sourceIds;
    await world.db.system.source.update({ where: { id: a }, data: { consecutiveFailures: 2 } });
    await world.db.system.source.update({ where: { id: b }, data: { consecutiveFailures: 2, enabled: false } });
    await world.db.system.source.update({ where: { id: c }, data: { kind: "sitemap", name: "100% milk" } });
    const found = async (input: Partial<SourcePageInput>) => (await owner.source.page(input)).sources.map(({ id }) => id);
    expect(await found({ failing: true })).toEqual([a]);
    expect(await found({ text: "B.example source" })).toEqual([b]);
    expect(await found({ text: "feed" })).toEqual([]);
    expect(await found({ text: "100%" })).toEqual([c]);
    expect(await found({ kind: "sitemap" })).toEqual([c]);
    expect(await owner.source.page({ text: "nothing" })).toMatchObject({ sources: [], total: 0, failing: 1, all: 3 });
    expect(await owner.source.ids({ kind: "feed" })).toEqual([a, b].sort());
  });

  test("shows how the last 20 collections went, the presets, and when the next one is", async () => {
    const { owner, orgId, sourceIds, presetId } = await newOwner();
    const [a = "", b = "", c = ""] = sourceIds;
    for (let run = 0; run < 22; run++) {
      const finishedAt = new Date(Date.UTC(2026, 10, 1, run));
      await recordRun(world.db, { orgId }, {}, [{ sourceId: a, finishedAt, newCount: run, status: run === 21 ? "failed" : "succeeded" }, { sourceId: b }]);
    }
    await owner.preset.update({ id: presetId, name: "Everything", sourceIds: [a, b, c], offSourceIds: [c] });
    const { nextRunAt, version } = await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId, enabled: true });
    await owner.source.setEnabled({ ids: [b], enabled: false });
    const { sources } = await owner.source.page({});
    expect(sources).toMatchObject([{ nextTryAt: nextRunAt, presets: [{ name: "Everything" }] }, { nextTryAt: null, history: [] }, { nextTryAt: null }]);
    expect(sources[0]?.history.map(({ newCount }) => newCount)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    expect(sources[0]?.history.at(-1)).toMatchObject({ status: "failed", at: new Date("2026-11-01T21:00:00Z") });

    // A slot that is left out collects nothing.
    if (!nextRunAt) throw new Error("the schedule has no next run");
    const { slotAfterSkipAt } = await owner.schedule.skipNext({ version, slotAt: nextRunAt });
    expect(slotAfterSkipAt?.getTime()).toBe(nextRunAt.getTime() + 86_400_000);
    expect((await owner.source.page({})).sources[0]).toMatchObject({ nextTryAt: slotAfterSkipAt });
  });
});

type Owner = Awaited<ReturnType<typeof newOwner>>["owner"];

async function readAll(owner: Owner, input: Partial<SourcePageInput>) {
  const pages = [await owner.source.page(input)];
  for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor) pages.push(await owner.source.page({ ...input, cursor }));
  return pages;
}

describe("several sources at once", () => {
  test("are turned off and on, and each is told: done, that way already, or gone", async () => {
    const { owner, sourceIds } = await newOwner();
    const [a = "", b = ""] = sourceIds;
    const gone = randomUUID();
    await owner.source.setEnabled({ ids: [a], enabled: false });
    expect(await owner.source.setEnabled({ ids: [b, a, gone], enabled: false })).toEqual([
      { id: b, name: "Source 2", outcome: "done", reason: null },
      { id: a, name: "Source 1", outcome: "unchanged", reason: null },
      { id: gone, name: "", outcome: "refused", reason: "This source no longer exists." },
    ]);
  });

  test("are deleted except for those that a preset holds, which are named before and after", async () => {
    const { owner, sourceIds, presetId, orgId } = await newOwner();
    const [a = "", b = ""] = sourceIds;
    await owner.preset.update({ id: presetId, name: "Everything", sourceIds: [a] });
    await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
    expect(await owner.source.dependents({ ids: [a, b] })).toMatchObject([
      { id: a, itemCount: 0, presets: [{ id: presetId, name: "Everything", usedBySchedule: true }] },
      { id: b, presets: [] },
    ]);
    expect(await owner.source.removeMany({ ids: [a, b] })).toMatchObject([
      { id: a, outcome: "refused", reason: "Used in 1 preset: “Everything”. Take it out there first." },
      { id: b, outcome: "done" },
    ]);
    expect(await world.db.system.source.count({ where: { orgId } })).toBe(2);
  });

  test("are put behind those that a preset has, each once", async () => {
    const { owner, sourceIds, presetId } = await newOwner();
    const [a = "", b = "", c = ""] = sourceIds;
    await owner.preset.update({ id: presetId, name: "Everything", sourceIds: [c] });
    const { preset, outcomes } = await owner.preset.addSources({ id: presetId, sourceIds: [b, c, a, randomUUID()] });
    expect(preset.sources.map(({ id }) => id)).toEqual([c, b, a]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["done", "unchanged", "done", "refused"]);
  });

  test("are collected in a run of their own, once for each click, without those that are turned off", async () => {
    const { owner, sourceIds } = await newOwner();
    const [a = "", b = "", c = ""] = sourceIds;
    await owner.source.setEnabled({ ids: [b], enabled: false });
    await expect(owner.run.startSources({ requestKey: randomUUID(), sourceIds: [b] })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const click = { requestKey: randomUUID(), sourceIds: [c, b, a] };
    const { runId } = await owner.run.startSources(click);
    expect(await owner.run.startSources(click)).toMatchObject({ runId });
    expect(await owner.run.get({ runId })).toMatchObject({ presetId: null, sources: [{ sourceId: a }, { sourceId: c }] });
  });
});

test("a source that is off in a preset stays off when the preset is changed without a word about it, and does not count to its load", async () => {
  const { owner, sourceIds, presetId } = await newOwner();
  const [a = "", b = "", c = ""] = sourceIds;
  await owner.preset.update({ id: presetId, name: "Everything", sourceIds, offSourceIds: [b] });
  const updated = await owner.preset.update({ id: presetId, name: "Everything", sourceIds: [c, b, a] });
  expect(updated).toMatchObject({
    load: { sourceCount: 2 },
    sources: [{ enabledHere: true }, { id: b, enabledHere: false, enabled: true }, { enabledHere: true }],
  });
  expect(await owner.preset.update({ id: presetId, name: "Everything", sourceIds, offSourceIds: [] })).toMatchObject({ load: { sourceCount: 3 } });
});
