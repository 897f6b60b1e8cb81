import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeItemWords } from "@/db/item-search";
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
  url?: string;
  fields?: Record<string, string>;
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

test("items that come or change while somebody pages neither repeat nor shift a page", async () => {
  const { owner, add, orgId } = await newOwner();
  await add(Array.from({ length: 6 }, (_, index) => ({ title: `${index}`, lastChangedAt: `2026-11-20T08:00:0${index}.000Z` })));
  const first = await owner.item.list({ limit: 2 });
  await add([{ title: "arrived", lastChangedAt: "2026-11-21T08:00:00.000Z" }]);
  await world.db.system.item.updateMany({ where: { orgId, title: "4" }, data: { lastChangedAt: "2026-11-21T09:00:00.000Z" } });
  const second = await owner.item.list({ limit: 2, cursor: first.nextCursor });
  const third = await owner.item.list({ limit: 2, cursor: second.nextCursor });
  expect([first, second, third].map(({ items }) => items.map(({ title }) => title))).toEqual([
    ["5", "4"],
    ["3", "2"],
    ["1", "0"],
  ]);
  expect(third.nextCursor).toBeNull();
  expect((await owner.item.list({ limit: 3 })).items.map(({ title }) => title)).toEqual(["4", "arrived", "5"]);
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

test("days of long ago are days like others, also at both ends of time", async () => {
  const { owner, add } = await newOwner();
  await add(["0002-01-01", "1850-06-01", "1969-12-31", "9999-12-31"].map((day) => ({ title: day, publishedAt: `${day}T12:00:00Z` })));
  const found = async (filter: Parameters<typeof owner.item.list>[0]) => (await owner.item.list(filter)).items.map(({ title }) => title).sort();
  expect(await found({ publishedFrom: "1850-06-01", publishedTo: "1850-06-01" })).toEqual(["1850-06-01"]);
  expect(await found({ publishedTo: "1969-12-30" })).toEqual(["0002-01-01", "1850-06-01"]);
  expect(await found({ publishedFrom: "0001-01-01", publishedTo: "9999-12-31" })).toHaveLength(4);
  expect(await found({ publishedFrom: "0000-01-01", publishedTo: "0001-12-31" })).toEqual([]);
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
    expect(await owner.item.count(filter)).toEqual({ total });
    return items.map(({ title }) => title);
  };
  expect(await found({ collectedFrom: "2026-11-20", collectedTo: "2026-11-20" })).toEqual(["last on the 20th", "first on the 20th"]);
  expect(await found({ collectedTo: "2026-11-19" })).toEqual(["late on the 19th"]);
  expect(await found({ publishedFrom: "2026-11-02" })).toEqual(["last on the 20th"]);
  expect(await found({ publishedTo: "2026-11-01" })).toEqual(["late on the 19th"]);
  expect(await found({ state: "changed" })).toEqual(["first on the 20th"]);
  expect(await found({ state: "gone" })).toEqual([]);
  await world.db.system.item.updateMany({ where: { orgId, title: "first on the 20th" }, data: { goneAt: "2026-11-21T00:00:00Z" } });
  expect(await found({ state: "gone" })).toEqual(["first on the 20th"]);
  expect(await found({ state: "changed" })).toEqual([]);
  expect(await found({ state: "new", publishedTo: "2026-11-30" })).toEqual(["last on the 20th", "late on the 19th"]);
  expect(await found({ presetId })).toEqual(["last on the 20th"]);
  expect(await found({ sourceHealth: "failing" })).toEqual([]);
  await world.db.system.source.updateMany({ where: { orgId, id: sourceIds[1] ?? "" }, data: { consecutiveFailures: 1 } });
  expect(await found({ sourceHealth: "failing" })).toEqual(["last on the 20th"]);
  expect(await found({ sourceHealth: "failing", presetId, state: "changed" })).toEqual([]);
  expect(await found({ sourceHealth: "working" })).toEqual(["first on the 20th", "late on the 19th"]);
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

const SEARCHES: [text: string, titles: string[]][] = [
  ["milk prices", ["Milk prices fall", "Prices of oat MILK"]],
  ['"milk prices"', ["Milk prices fall"]],
  ["prices -oat", ["Milk prices fall"]],
  ["-milk -rye -東京 -straße", ["a_b", "axb"]],
  ["pri", ["Milk prices fall", "Prices of oat MILK"]],
  ["pri milk", []],
  ["100%", ["100% rye"]],
  ["a_b", ["a_b"]],
  ["arger", ["Ärger in der Straße"]],
  ["STRASSE", ["Ärger in der Straße"]],
  ["京都", ["東京都の天気"]],
  ["都京", []],
  ["of the dairy", ["a_b"]],
  ["example oat-milk", ["Prices of oat MILK"]],
  ["' or 1=1 --", []],
  ["!!!", []],
];

test("a search finds words of title, address and fields, as soon as they are stored and by the index, and says how many", async () => {
  const { owner, add } = await newOwner();
  const items = ["Milk prices fall", "100% rye", "1000 rye", "axb", "Ärger in der Straße", "東京都の天気"].map((title) => ({ title }));
  await add([
    ...items,
    { title: "Prices of oat MILK", url: "https://example.org/oat-milk?x=1" },
    { title: "a_b", fields: { body: "<p class='hidden'>King of the <b>dairy</b></p>" } },
  ]);
  const found = async () => {
    const answers: typeof SEARCHES = [];
    for (const [text] of SEARCHES) {
      const { items: page, total } = await owner.item.list({ text });
      expect(total, text).toBe(page.length);
      answers.push([text, page.map(({ title }) => title ?? "").sort()]);
    }
    return answers;
  };
  expect(await found()).toEqual(SEARCHES);
  expect(await owner.item.list({ text: "hidden" })).toMatchObject({ total: 0 });
  await world.db.withSystem(async (tx) => {
    while ((await writeItemWords(tx)) !== null);
  });
  expect(await found()).toEqual(SEARCHES);
  expect((await owner.item.list({ text: "   " })).items).toHaveLength(8);
});

test.each(["x", "0-0-0", "zzzzzzzzzzz-1", "1-'", "1-99999999999999999999", "-1"])(
  "the cursor %j, which no page gave out, is refused at its field",
  async (cursor) => {
    const { owner } = await newOwner();
    await expect(owner.item.list({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { code: "validation", details: { field: "cursor" } } });
  },
);

test("beyond 10,000 items the number comes later than the list, whose pages stand in one order also behind many others", async () => {
  const { owner, orgId, sourceIds } = await newOwner();
  const [sourceId, other] = sourceIds;
  const insert = (into: string | undefined, at: string, from: number, to: number) => world.db.system.$executeRaw`
    insert into item (org_id, source_id, key, title, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    select ${orgId}::uuid, ${into}::uuid, n::text, 'Oat', '{}', '', now(), ${orgId}::uuid, now(), ${orgId}::uuid, ${at}::timestamptz, ${orgId}::uuid from generate_series(${from}::int, ${to}::int) n`;
  await insert(sourceId, "2026-11-20", 1, 10_000);
  expect(await owner.item.list({ limit: 1 })).toMatchObject({ total: 10_000, atLeast: 10_000 });
  await insert(sourceId, "2026-11-20", 10_001, 10_001);
  const firstTwo = async (filter: ItemConditions) => {
    const first = await owner.item.list({ limit: 1, ...filter });
    const second = await owner.item.list({ limit: 1, ...filter, cursor: first.nextCursor });
    return { keys: [first, second].flatMap(({ items }) => items.map(({ key }) => key)), total: second.total, atLeast: second.atLeast };
  };
  expect(await firstTwo({})).toEqual({ keys: ["10001", "10000"], total: null, atLeast: 10_000 });
  expect(await owner.item.list({ limit: 1, collectedTo: "2020-01-01" })).toMatchObject({ total: 0, items: [] });
  expect(await owner.item.count({})).toEqual({ total: 10_001 });
  expect(await owner.item.count({ text: "oat" })).toEqual({ total: null });

  await insert(other, "2026-11-21", 1, 20_000);
  expect(await firstTwo({ sourceId })).toEqual({ keys: ["10001", "10000"], total: null, atLeast: 10_000 });
  await world.db.withSystem(async (tx) => {
    while ((await writeItemWords(tx)) !== null);
  });
  expect(await firstTwo({ sourceId, text: "oat" })).toEqual({ keys: ["10001", "10000"], total: null, atLeast: 2_000 });

  await world.db.system.item.updateMany({
    where: { orgId, sourceId: sourceId ?? "", key: { in: ["5000", "5001"] } },
    data: { title: "Rye", contentHash: "rye" },
  });
  expect(await owner.item.list({ limit: 1, sourceId, text: "-oat" })).toMatchObject({ items: [{ key: "5001" }], total: null, atLeast: 2 });
  expect(await firstTwo({ text: "-oat" })).toEqual({ keys: ["5001", "5000"], total: null, atLeast: 1 });
  expect((await owner.export.scope({ sourceId, text: "rye" })).total).toBe(2);
});
