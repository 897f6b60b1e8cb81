import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { createDatabase, type Database } from "./client";

let server: TestDatabase;
let db: Database;
let mine: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 4, log: silentLog });
  mine = await createOrganization(db);
  theirs = await createOrganization(db);
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** Tables that belong to no organization, and what keeps them: `heartbeat` says nothing of anybody. */
const OPEN_TABLES = ["_prisma_migrations", "heartbeat"];
const SYSTEM_TABLES = ["session", "account", "verification", "rate_limit", "installation", "host_turn", "robots_file"];

interface Policy {
  permissive: "PERMISSIVE" | "RESTRICTIVE";
  cmd: string;
  qual: string;
  with_check: string;
}

const policiesOf = (table: string) => db.system.$queryRaw<Policy[]>`
  select permissive, cmd, qual, with_check from pg_policies where schemaname = 'public' and tablename = ${table} order by permissive`;

async function listTables() {
  const rows = await db.system.$queryRaw<{ name: string; enabled: boolean; forced: boolean }[]>`
    select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`;
  return rows.filter((row) => !OPEN_TABLES.includes(row.name));
}

describe("row-level security", () => {
  it("is enabled and forced on every table, with a permissive and a restrictive policy of the same test", async () => {
    const tables = await listTables();
    expect(tables.length).toBeGreaterThan(15);
    for (const { name, enabled, forced } of tables) {
      expect({ name, enabled, forced }).toEqual({ name, enabled: true, forced: true });
      const policies = await policiesOf(name);
      expect(policies.map((policy) => [name, policy.permissive, policy.cmd])).toEqual([
        [name, "PERMISSIVE", "ALL"],
        [name, "RESTRICTIVE", "ALL"],
      ]);
      expect(policies[0]?.qual).toBe(policies[1]?.qual);
      expect(policies[0]?.with_check).toBe(policies[1]?.with_check);
    }
  });

  it("opens every table to the scope of the system, without which a backup by the tables' owner holds no row", async () => {
    for (const { name } of await listTables()) {
      for (const policy of await policiesOf(name)) expect([name, policy.qual]).toEqual([name, expect.stringContaining("app.is_system()")]);
    }
  });

  it("asks for the organization on every table that has one", async () => {
    const tables = (await listTables()).map((table) => table.name).filter((name) => ![...SYSTEM_TABLES, "organization", "user"].includes(name));
    for (const table of tables) {
      const [policy] = await policiesOf(table);
      expect([table, policy?.qual]).toEqual([table, expect.stringContaining("org_id = ( SELECT app.current_org()")]);
      expect([table, policy?.with_check]).toEqual([table, expect.stringContaining("org_id = ( SELECT app.current_org()")]);
    }
  });

  it("shows nothing at all on a connection that names no organization", async () => {
    const bare = createDatabase(server.connection, { poolSize: 1, log: silentLog });
    const nobody = randomUUID();
    for (const { name } of await listTables()) {
      const rows = await bare.withTenant(nobody, (tx) => tx.$queryRawUnsafe<{ count: number }[]>(`select count(*)::int as count from "${name}"`));
      expect([name, rows[0]?.count]).toEqual([name, 0]);
    }
    await bare.close();
  });

  it("hides the rows of other organizations from a query that forgets to ask for its own", async () => {
    const seen = await db.withTenant(mine.orgId, (tx) => tx.source.findMany());
    expect(seen.map((source) => source.orgId)).toEqual([mine.orgId]);
    const changed = await db.withTenant(mine.orgId, (tx) => tx.source.updateMany({ data: { name: "Taken over" } }));
    expect(changed.count).toBe(1);
    expect(await db.system.source.count({ where: { orgId: theirs.orgId, name: "Taken over" } })).toBe(0);
  });

  it("refuses to write a row for another organization", async () => {
    const write = db.withTenant(mine.orgId, (tx) => tx.preset.create({ data: { orgId: theirs.orgId, name: "Smuggled" } }));
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it("forgets the organization when the transaction ends", async () => {
    const single = createDatabase(server.connection, { poolSize: 1, log: silentLog });
    await single.withTenant(mine.orgId, (tx) => tx.source.findMany());
    const next = await single.withTenant(randomUUID(), (tx) => tx.source.findMany());
    await single.close();
    expect(next).toEqual([]);
  });
});

describe("foreign keys between an organization's tables", () => {
  it("carry the organization, so that a row can't point into another one", async () => {
    const keys = await db.system.$queryRaw<{ name: string; columns: string[] }[]>`
      select c.conname as name, array(select attname::text from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any(c.conkey)) as columns
      from pg_constraint c join pg_attribute t on t.attrelid = c.conrelid and t.attname = 'org_id'
      join pg_attribute f on f.attrelid = c.confrelid and f.attname = 'org_id'
      where c.contype = 'f'`;
    expect(keys.length).toBeGreaterThan(3);
    for (const key of keys) expect([key.name, key.columns]).toEqual([key.name, expect.arrayContaining(["org_id"])]);
    const link = { orgId: mine.orgId, presetId: mine.presetId, sourceId: theirs.sourceIds[0] ?? "", position: 9 };
    await expect(db.system.presetSource.create({ data: link })).rejects.toThrow(/[Ff]oreign key/);
  });
});
