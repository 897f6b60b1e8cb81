import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/domain/item";
import { MOST_CHANGED_FIELDS } from "@/domain/item-change";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { saveItems } from "./collected-items";
import { listItemChanges } from "./item-changes";
import { listItems } from "./items";

let db: Database;
let organization: TestOrganization;

ownDatabase(async (own) => {
  db = own.db;
  organization = await createOrganization(db);
});

const item = (key: string, contentHash = "a") => ({ key, contentHash, title: `Title of ${key}`, fields: { nested: { list: [1, "two"] } } });
const save = (runId: string, sourceId: string, items: ReturnType<typeof item>[]) =>
  db.withSystem((tx) => saveItems(tx, { orgId: organization.orgId, runId, token: randomUUID() }, sourceId, items));

describe("saving collected items", () => {
  it("tells new, changed and unchanged items apart", async () => {
    const sourceId = organization.sourceIds[0] ?? "";
    const first = await save(randomUUID(), sourceId, [item("one"), item("two")]);
    const second = await save(randomUUID(), sourceId, [item("one"), item("two", "b"), item("three")]);

    expect(first).toEqual({ newCount: 2, changedCount: 0, unchangedCount: 0, goneCount: 0 });
    expect(second).toEqual({ newCount: 1, changedCount: 1, unchangedCount: 1, goneCount: 0 });
    const rows = await db.system.item.findMany({ where: { sourceId }, orderBy: { key: "asc" } });
    expect(rows.map((row) => [row.key, row.timesSeen, row.contentHash])).toEqual([
      ["one", 2, "a"],
      ["three", 1, "a"],
      ["two", 2, "b"],
    ]);
    expect(rows[0]?.fields).toEqual({ nested: { list: [1, "two"] } });
  });

  it("changes nothing when the same run saves the same items again", async () => {
    const { orgId, sourceIds } = await createOrganization(db);
    const [runId, sourceId] = [randomUUID(), sourceIds[0] ?? ""];
    const again = () => db.withSystem((tx) => saveItems(tx, { orgId, runId, token: randomUUID() }, sourceId, [item("one"), item("two")]));
    expect(await again()).toEqual({ newCount: 2, changedCount: 0, unchangedCount: 0, goneCount: 0 });
    expect(await again()).toEqual({ newCount: 2, changedCount: 0, unchangedCount: 0, goneCount: 0 });
    expect(await db.system.item.findMany({ where: { sourceId }, select: { timesSeen: true } })).toEqual([{ timesSeen: 1 }, { timesSeen: 1 }]);
  });

  it("stores more items than one statement takes", async () => {
    const { orgId, sourceIds } = await createOrganization(db);
    const items = Array.from({ length: 1_234 }, (_, index) => item(`key ${index}`));
    const counts = await db.withSystem((tx) => saveItems(tx, { orgId, runId: randomUUID(), token: randomUUID() }, sourceIds[0] ?? "", items));
    expect(counts).toEqual({ newCount: 1_234, changedCount: 0, unchangedCount: 0, goneCount: 0 });
  });
});

describe("what a run changed about items", () => {
  const price = (key: string, cents: number) => ({
    key,
    contentHash: `${cents}`,
    title: "Milk",
    publishedAt: new Date("2026-11-24T07:00:00Z"),
    fields: { cents } as Record<string, JsonValue>,
  });

  async function start(number: number, { orgId }: TestOrganization) {
    const finishedAt = new Date();
    return (await db.system.run.create({ data: { orgId, number, trigger: "person", status: "succeeded", limitMs: 1, finishedAt } })).id;
  }

  async function collectTwice() {
    const own = await createOrganization(db);
    const sourceId = own.sourceIds[0] ?? "";
    const runIds = [await start(1, own), await start(2, own)];
    const collect = (runId: string | undefined, items: ReturnType<typeof price>[]) =>
      db.withSystem((tx) => saveItems(tx, { orgId: own.orgId, runId: runId ?? "", token: randomUUID() }, sourceId, items));
    await collect(runIds[0], [price("a", 100), price("b", 200)]);
    for (const _ of ["once", "again, as the answer got lost"]) await collect(runIds[1], [price("a", 100), price("b", 250), price("c", 300)]);
    const list = (runId?: string) => db.withTenant(own.orgId, (tx) => listItems(tx, own.orgId, { runId, limit: 50 }));
    return { ...own, runIds, list, collect };
  }

  it("is kept, once, and shown with the run's items", async () => {
    const { orgId, runIds, list } = await collectTwice();
    const { items } = await list(runIds[1]);
    expect(items.map(({ key, state, changes }) => [key, state, changes]).toSorted()).toEqual([
      ["b", "changed", [{ field: "cents", from: "200", to: "250" }]],
      ["c", "new", []],
    ]);
    const changed = items.find(({ key }) => key === "b");
    const history = await db.withTenant(orgId, (tx) => listItemChanges(tx, orgId, changed?.id ?? "0"));
    expect(history).toMatchObject([{ runId: runIds[1], runNumber: 2, fields: [{ field: "cents", from: "200", to: "250" }], moreFields: 0 }]);
    expect((await list()).items.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it("is kept of 1,000 items of a source at most, so that a value that is different at every look cannot fill the disk", async () => {
    const own = await createOrganization(db);
    const sourceId = own.sourceIds[0] ?? "";
    const runIds = [await start(1, own), await start(2, own)];
    for (const [look, runId] of runIds.entries()) {
      const items = Array.from({ length: 1_234 }, (_, index) => price(`key ${index}`, look));
      await db.withSystem((tx) => saveItems(tx, { orgId: own.orgId, runId, token: randomUUID() }, sourceId, items));
    }
    expect(await db.system.itemChange.count({ where: { runId: runIds[1] } })).toBe(1_000);
    expect(await db.system.item.count({ where: { sourceId, lastChangedRunId: runIds[1] } })).toBe(1_234);
  });

  it("is kept of an item's newest 50 changes", async () => {
    const own = await createOrganization(db);
    for (let number = 1; number <= 53; number++) {
      const runId = await start(number, own);
      const items = [price("volatile", number), price("steady", number > 1 ? 1 : 0)];
      await db.withSystem((tx) => saveItems(tx, { orgId: own.orgId, runId, token: randomUUID() }, own.sourceIds[0] ?? "", items));
    }
    const kept = await db.system.itemChange.findMany({ where: { orgId: own.orgId }, orderBy: { run: { number: "asc" } }, select: { run: true, itemId: true } });
    const [steady, ...volatile] = kept;
    expect([steady?.run.number, volatile.length, volatile[0]?.run.number, volatile.at(-1)?.run.number]).toEqual([2, 50, 4, 53]);
  });

  it("is shown with the run's items in part, and what is left out is counted", async () => {
    const { runIds, list, collect } = await collectTwice();
    const wide = (length: number, value: string) => Object.fromEntries(Array.from({ length }, (_, index) => [`field ${index}`, value]));
    const widened = { ...price("d", 400), fields: wide(MOST_CHANGED_FIELDS + 4, "was") };
    await collect(runIds[0], [widened]);
    await collect(runIds[1], [{ ...widened, contentHash: "401", fields: wide(MOST_CHANGED_FIELDS + 4, "is") }]);
    const items = (await list(runIds[1])).items.filter(({ state }) => state === "changed");
    expect(items.map(({ key, changes, moreChanges }) => [key, changes.length, moreChanges]).toSorted()).toEqual([
      ["b", 1, 0],
      ["d", 3, MOST_CHANGED_FIELDS + 1],
    ]);
    expect((await list()).items.map(({ moreChanges }) => moreChanges)).toEqual([0, 0, 0, 0]);
  });

  it("is seen by the item's own organization alone, and goes with the run", async () => {
    const { orgId, runIds, list } = await collectTwice();
    const id = (await list(runIds[1])).items.find(({ key }) => key === "b")?.id ?? "0";
    expect(await db.withTenant(organization.orgId, (tx) => listItemChanges(tx, organization.orgId, id))).toEqual([]);
    await db.system.run.deleteMany({ where: { id: runIds[1] } });
    expect(await db.withTenant(orgId, (tx) => listItemChanges(tx, orgId, id))).toEqual([]);
  });
});
