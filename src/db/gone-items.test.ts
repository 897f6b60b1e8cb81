import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { saveItems } from "./collected-items";
import { markGone } from "./gone-items";
import { listItemChanges } from "./item-changes";
import { listItems } from "./items";

let db: Database;
ownDatabase(async (own) => {
  db = own.db;
});

/** An organization whose runs each see some keys of one source, in a complete list. */
async function newList() {
  const { orgId, sourceIds } = await createOrganization(db);
  const sourceId = sourceIds[0] ?? "";
  let number = 0;

  async function see(keys: readonly string[], { again = false, hash = "a" } = {}) {
    if (!again) number += 1;
    const known = await db.system.run.findFirst({ where: { orgId, number }, select: { id: true } });
    const fresh = { orgId, number, trigger: "person", status: "succeeded", limitMs: 1, finishedAt: new Date() } as const;
    const runId = (known ?? (await db.system.run.create({ data: fresh }))).id;
    const lease = { orgId, runId, token: randomUUID() };
    const items = keys.map((key) => ({ key, contentHash: hash, title: key, fields: { hash } }));
    const counts = await db.withSystem(async (tx) => {
      const saved = await saveItems(tx, lease, sourceId, items);
      return { ...saved, goneCount: await markGone(tx, lease, sourceId) };
    });
    return { runId, counts };
  }

  const list = (runId?: string) => db.withTenant(orgId, (tx) => listItems(tx, orgId, { runId, limit: 50 }));
  const states = async () => Object.fromEntries((await list()).items.map(({ key, state }) => [key, state]));
  const historyOf = async (key: string) => {
    const id = (await list()).items.find((item) => item.key === key)?.id ?? "0";
    return (await db.withTenant(orgId, (tx) => listItemChanges(tx, orgId, id))).map(({ presence, runNumber, fields }) => [presence, runNumber, fields.length]);
  };
  return { orgId, sourceId, see, list, states, historyOf };
}

describe("an item that a complete list does not hold any more", () => {
  it("is gone, once, and its history says so", async () => {
    const { see, states, historyOf } = await newList();
    await see(["a", "b", "c"]);
    const { counts } = await see(["a"]);
    expect(counts).toEqual({ newCount: 0, changedCount: 0, unchangedCount: 1, goneCount: 2 });
    expect(await states()).toEqual({ a: "new", b: "gone", c: "gone" });
    expect((await see(["a"])).counts).toMatchObject({ unchangedCount: 1, goneCount: 0 });
    expect(await historyOf("b")).toEqual([["gone", 2, 0]]);
    expect(await historyOf("a")).toEqual([]);
  });

  it("is counted alike when the run does the same again", async () => {
    const { see, historyOf } = await newList();
    await see(["a", "b"]);
    const { counts } = await see(["a"]);
    expect((await see(["a"], { again: true })).counts).toEqual(counts);
    expect(await historyOf("b")).toEqual([["gone", 2, 0]]);
  });

  it("comes back when it is seen again, as a change of the run that saw it", async () => {
    const { see, states, list, historyOf } = await newList();
    await see(["a", "b"]);
    await see(["a"]);
    const { runId, counts } = await see(["a", "b"]);
    expect(counts).toEqual({ newCount: 0, changedCount: 1, unchangedCount: 1, goneCount: 0 });
    expect((await see(["a", "b"], { again: true })).counts).toEqual(counts);
    expect(await states()).toEqual({ a: "new", b: "changed" });
    expect((await list(runId)).items).toMatchObject([{ key: "b", cameBack: true, changes: [], goneAt: null, timesSeen: 2 }]);
    expect(await historyOf("b")).toEqual([
      ["returned", 3, 0],
      ["gone", 2, 0],
    ]);
  });

  it("may come back with another content", async () => {
    const { see, historyOf } = await newList();
    await see(["a", "b"]);
    await see(["a"]);
    await see(["a", "b"], { hash: "b" });
    expect((await historyOf("b"))[0]).toEqual(["returned", 3, 1]);
  });

  it("is one of its own source alone", async () => {
    const { orgId, sourceId, see, states } = await newList();
    await see(["a", "b"]);
    const other = await newList();
    await other.see(["x"]);
    await other.see(["y"]);
    expect(await states()).toEqual({ a: "new", b: "new" });
    expect(await db.system.item.count({ where: { orgId, sourceId, goneAt: { not: null } } })).toBe(0);
  });

  it("is told of in up to 1,000 histories, and all of them are gone", async () => {
    const { orgId, see } = await newList();
    await see(Array.from({ length: 1_234 }, (_, index) => `key ${index}`));
    const { runId, counts } = await see(["key 0"]);
    expect(counts.goneCount).toBe(1_233);
    expect(await db.system.itemChange.count({ where: { orgId, runId } })).toBe(1_000);
  });
});
