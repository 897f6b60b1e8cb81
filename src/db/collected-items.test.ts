import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { createDatabase, type Database } from "./client";
import { saveItems } from "./collected-items";

let server: TestDatabase;
let db: Database;
let organization: TestOrganization;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 4, log: silentLog });
  organization = await createOrganization(db);
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

const item = (key: string, contentHash = "a") => ({ key, contentHash, title: `Title of ${key}`, fields: { nested: { list: [1, "two"] } } });
const save = (runId: string, sourceId: string, items: ReturnType<typeof item>[]) =>
  db.withSystem((tx) => saveItems(tx, { orgId: organization.orgId, runId, token: randomUUID() }, sourceId, items));

describe("saving collected items", () => {
  it("tells new, changed and unchanged items apart", async () => {
    const sourceId = organization.sourceIds[0] ?? "";
    const first = await save(randomUUID(), sourceId, [item("one"), item("two")]);
    const second = await save(randomUUID(), sourceId, [item("one"), item("two", "b"), item("three")]);

    expect(first).toEqual({ newCount: 2, changedCount: 0, unchangedCount: 0 });
    expect(second).toEqual({ newCount: 1, changedCount: 1, unchangedCount: 1 });
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
    expect(await again()).toEqual({ newCount: 2, changedCount: 0, unchangedCount: 0 });
    expect(await again()).toEqual({ newCount: 2, changedCount: 0, unchangedCount: 0 });
    expect(await db.system.item.findMany({ where: { sourceId }, select: { timesSeen: true } })).toEqual([{ timesSeen: 1 }, { timesSeen: 1 }]);
  });

  it("stores more items than one statement takes", async () => {
    const { orgId, sourceIds } = await createOrganization(db);
    const items = Array.from({ length: 1_234 }, (_, index) => item(`key ${index}`));
    const counts = await db.withSystem((tx) => saveItems(tx, { orgId, runId: randomUUID(), token: randomUUID() }, sourceIds[0] ?? "", items));
    expect(counts).toEqual({ newCount: 1_234, changedCount: 0, unchangedCount: 0 });
  });
});
