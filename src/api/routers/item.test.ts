import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countNewMatching } from "@/db/new-matches";
import type { ItemConditions } from "@/domain/item";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

interface NewItem {
  title?: string | null;
  publishedAt?: string;
  lastChangedAt?: string;
  firstSeenRunId?: string;
  lastChangedRunId?: string;
}

async function newOwner() {
  const organization = await world.organization({ urls: ["https://example.org/a", "https://example.org/b"] });
  const { orgId, sourceIds, session } = organization;
  const add = async (items: NewItem[], sourceId = sourceIds[0] ?? "") => {
    for (const item of items) {
      const { lastChangedAt = "2026-11-20T08:00:00.000Z", firstSeenRunId = randomUUID(), lastChangedRunId = firstSeenRunId, ...stated } = item;
      const seen = { firstSeenAt: lastChangedAt, firstSeenRunId, lastSeenAt: lastChangedAt, lastSeenRunId: firstSeenRunId };
      const times = { ...seen, lastChangedAt, lastChangedRunId };
      await world.db.system.item.create({ data: { orgId, sourceId, key: randomUUID(), fields: { a: [1, null] }, contentHash: "", ...times, ...stated } });
    }
  };
  return { ...organization, add, owner: world.caller(session) };
}

test("the newest change comes first, and pages neither repeat nor leave out an item, also among equal times", async () => {
  const { owner, add } = await newOwner();
  await add(
    Array.from({ length: 7 }, (_, index) => ({ title: `${index}`, lastChangedAt: index < 5 ? "2026-11-20T08:00:00.123Z" : "2026-11-21T08:00:00.000Z" })),
  );
  const titles: (string | null)[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof owner.item.list>> = await owner.item.list({ limit: 2, cursor });
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor;
    expect(page.total).toBe(7);
  } while (cursor);
  expect(titles).toEqual(["6", "5", "4", "3", "2", "1", "0"]);
});

test("an item shows its source and its fields as they were collected, and whether it is new or changed", async () => {
  const { owner, add } = await newOwner();
  await add([{ title: "New" }, { title: "Changed", lastChangedRunId: randomUUID(), lastChangedAt: "2026-11-22T08:00:00.000Z" }]);
  expect((await owner.item.list({})).items).toMatchObject([
    { title: "Changed", state: "changed", sourceName: "Source 1", fields: { a: [1, null] }, lastChangedAt: new Date("2026-11-22T08:00:00.000Z") },
    { title: "New", state: "new" },
  ]);
});

test("an item names the run that found it while that run is kept", async () => {
  const { owner, add, presetId } = await newOwner();
  const { runId, number } = await owner.run.start({ requestKey: randomUUID(), presetId });
  await add([{ title: "Kept", firstSeenRunId: runId }, { title: "Deleted" }]);
  const { items } = await owner.item.list({});
  expect(Object.fromEntries(items.map((item) => [item.title, item.firstSeenRunNumber]))).toEqual({ Kept: number, Deleted: null });
});

test("items can be narrowed down to a source and to what a run brought", async () => {
  const { owner, add, sourceIds } = await newOwner();
  const runId = randomUUID();
  await add([{ title: "a" }, { title: "b", firstSeenRunId: runId }]);
  await add([{ title: "c", firstSeenRunId: runId }], sourceIds[1]);
  // What a later run changed is still what this one brought.
  await add([{ title: "d", firstSeenRunId: runId, lastChangedRunId: randomUUID() }], sourceIds[1]);
  expect((await owner.item.list({ runId })).items.map(({ title }) => title)).toEqual(["d", "c", "b"]);
  expect(await owner.item.list({ runId, sourceId: sourceIds[0] })).toMatchObject({ items: [{ title: "b" }], total: 1 });
});

test("items can be narrowed down to their state, the sources of a preset and days on the organization's clock", async () => {
  const { owner, add, orgId, sourceIds } = await newOwner();
  await world.db.system.organization.update({ where: { id: orgId }, data: { timeZone: "Asia/Kolkata" } });
  await add([
    { title: "late on the 19th", lastChangedAt: "2026-11-19T18:29:59.999Z", publishedAt: "2026-11-01T00:00:00Z" },
    { title: "first on the 20th", lastChangedAt: "2026-11-19T18:30:00.000Z", lastChangedRunId: randomUUID() },
  ]);
  await add([{ title: "last on the 20th", lastChangedAt: "2026-11-20T18:29:59.999Z", publishedAt: "2026-11-02T00:00:00Z" }], sourceIds[1]);
  const { id: presetId } = await owner.preset.create({ name: "Second", sourceIds: sourceIds.slice(1) });
  const found = async (filter: Parameters<typeof owner.item.list>[0]) => {
    const { items, total } = await owner.item.list(filter);
    expect(total).toBe(items.length);
    return items.map(({ title }) => title);
  };
  expect(await found({ collectedFrom: "2026-11-20", collectedTo: "2026-11-20" })).toEqual(["last on the 20th", "first on the 20th"]);
  expect(await found({ collectedTo: "2026-11-19" })).toEqual(["late on the 19th"]);
  expect(await found({ publishedFrom: "2026-11-02" })).toEqual(["last on the 20th"]);
  expect(await found({ publishedTo: "2026-11-01" })).toEqual(["late on the 19th"]);
  expect(await found({ state: "changed" })).toEqual(["first on the 20th"]);
  expect(await found({ state: "new", publishedTo: "2026-11-30" })).toEqual(["last on the 20th", "late on the 19th"]);
  expect(await found({ presetId })).toEqual(["last on the 20th"]);
  expect(await found({ presetId: randomUUID() })).toEqual([]);
});

test("a run's new items that match a filter are counted, and the newest of them shown", async () => {
  const { orgId, add, sourceIds } = await newOwner();
  const runId = randomUUID();
  await add([
    { title: "Milk, undated", firstSeenRunId: runId },
    { title: "Milk, old", firstSeenRunId: runId, publishedAt: "2026-11-01T00:00:00Z" },
    { title: "Milk, young", firstSeenRunId: runId, publishedAt: "2026-11-02T00:00:00Z" },
    { title: "Tea", firstSeenRunId: runId },
    { title: "Milk, changed by it only", lastChangedRunId: runId },
  ]);
  const count = (conditions: ItemConditions) => world.db.withSystem((tx) => countNewMatching(tx, orgId, conditions, runId, 2));
  expect(await count({ text: "milk" })).toEqual({ count: 3, items: ["Milk, young", "Milk, old"].map((title) => ({ title, url: null })) });
  expect(await count({ sourceId: sourceIds[1] ?? "" })).toEqual({ count: 0, items: [] });
});

test("a search finds titles that hold all its words, taking every character for itself", async () => {
  const { owner, add } = await newOwner();
  await add(["Milk prices fall", "Prices of oat MILK", "100% rye", "1000 rye", "a_b", "axb", "back\\slash", "Ärger", null].map((title) => ({ title })));
  const found = async (text: string) => (await owner.item.list({ text })).items.map(({ title }) => title).sort();
  expect(await found("milk prices")).toEqual(["Milk prices fall", "Prices of oat MILK"]);
  expect(await found("100%")).toEqual(["100% rye"]);
  expect(await found("a_b")).toEqual(["a_b"]);
  expect(await found("\\")).toEqual(["back\\slash"]);
  expect(await found("ärger")).toEqual(["Ärger"]);
  expect(await found("' or 1=1 --")).toEqual([]);
  expect(await found("   ")).toHaveLength(9);
});

test.each(["x", "0-0-0", "zzzzzzzzzzz-1", "1-'", "1-99999999999999999999", "-1"])(
  "the cursor %j, which no page gave out, is refused at its field",
  async (cursor) => {
    const { owner } = await newOwner();
    await expect(owner.item.list({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { code: "validation", details: { field: "cursor" } } });
  },
);

test("beyond 10,000 items the number is left out", async () => {
  const { owner, orgId, sourceIds } = await newOwner();
  const insert = (from: number, to: number) => world.db.system.$executeRaw`
    insert into item (org_id, source_id, key, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    select ${orgId}::uuid, ${sourceIds[0]}::uuid, n::text, '{}', '', now(), ${orgId}::uuid, now(), ${orgId}::uuid, now(), ${orgId}::uuid from generate_series(${from}::int, ${to}::int) n`;
  await insert(1, 10_000);
  expect(await owner.item.list({ limit: 1 })).toMatchObject({ total: 10_000 });
  await insert(10_001, 10_001);
  expect(await owner.item.list({ limit: 1 })).toMatchObject({ total: null });
});
