import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { findTenantGaps, type TenantCheck } from "@/testing/tenant-gaps";
import { fillTenantTables, listTenantTables } from "@/testing/tenant-rows";

let server: TestDatabase;
let client: pg.Client;
let tables: string[];
let check: TenantCheck;

beforeAll(async () => {
  server = await createTestDatabase();
  client = new pg.Client(server.ownerConnection);
  await client.connect();
  tables = await listTenantTables(client);
  check = { role: inject("testServer").app.user, mine: randomUUID(), theirs: randomUUID() };
  await fillTenantTables(client, [check.mine, check.theirs]);
});

afterAll(async () => {
  await client.end();
  await server.drop();
});

/** What is found in all tables after each was tampered with by itself; the database is left as it was. */
async function gapsAfter(tamper: (table: string) => string): Promise<Map<string, string[]>> {
  const gaps = new Map<string, string[]>();
  for (const table of tables) {
    await client.query("begin");
    await client.query(tamper(table));
    gaps.set(table, await findTenantGaps(client, table, check));
    await client.query("rollback");
  }
  return gaps;
}

test("no organization can see, change or write the rows of another one, in any table", async () => {
  expect(tables.length).toBeGreaterThan(10);
  expect([...(await gapsAfter(() => "select 1")).values()].flat()).toEqual([]);
});

describe("is noticed at each table by itself (control)", () => {
  const relaxed = "using (true) with check (true)";

  test.each<[string, (table: string) => string, string]>([
    ["row-level security that is switched off", (table) => `alter table "${table}" disable row level security`, "rows of others can be read"],
    ["row-level security that no longer binds the owner", (table) => `alter table "${table}" no force row level security`, "is not forced"],
    ["a permissive policy that is gone", (table) => `drop policy tenant on "${table}"`, "its own people do not see their row"],
    ["a restrictive policy that is gone", (table) => `drop policy tenant_only on "${table}"`, "its policies are"],
    ["a permissive policy that lets everything through", (table) => `alter policy tenant on "${table}" ${relaxed}`, "its policies are"],
    ["a restrictive policy that lets everything through", (table) => `alter policy tenant_only on "${table}" ${relaxed}`, "its policies are"],
    [
      "a pair of policies that lets everything through",
      (table) => `alter policy tenant on "${table}" ${relaxed}; alter policy tenant_only on "${table}" ${relaxed}`,
      "a row can be written for others",
    ],
    [
      "a pair of policies that lets others read",
      (table) => `alter policy tenant on "${table}" using (true); alter policy tenant_only on "${table}" using (true)`,
      "rows of others can be read",
    ],
  ])("%s", async (_what, tamper, gap) => {
    const gaps = await gapsAfter(tamper);
    expect([...gaps].filter(([table, found]) => !found.some((text) => text.startsWith(`${table}: `) && text.includes(gap)))).toEqual([]);
  });
});
