import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { createDatabase, type Database } from "./client";
import { withClient } from "./connect";
import { keptPlan } from "./kept-plan";
import { createSqlTransactions } from "./sql-transactions";
import { systemConnection } from "./system-connection";
import type { SqlTx } from "./transaction";
import { isTransient } from "./transient";

let server: TestDatabase;
let db: Database;
let pool: pg.Pool;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 1, log: silentLog });
  pool = new pg.Pool({ ...systemConnection(server.connection), max: 1 });
  pool.on("error", () => {});
});

afterAll(async () => {
  await Promise.all([db.close(), pool.end()]);
  await server.drop();
});

const errorOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const countOrganizations = async (tx: SqlTx) => (await tx.$queryRaw<[{ count: number }]>`select count(*)::int as count from organization`)[0].count;

it("what throws leaves nothing behind, and the only connection is free again", async () => {
  const rename = (tx: SqlTx) => tx.$executeRaw`update organization set name = ${"Other"}`;
  const { orgId } = await createOrganization(db);
  const failing = db.withSql(async (tx) => {
    expect(await rename(tx)).toBe(1);
    throw new Error("The lease is lost.");
  });
  await expect(failing).rejects.toThrow("The lease is lost.");
  const nameOf = () => db.system.organization.findUnique({ where: { id: orgId }, select: { name: true } });
  expect(await nameOf()).not.toEqual({ name: "Other" });
  await db.withSql(rename);
  expect(await nameOf()).toEqual({ name: "Other" });
});

it("sees every organization, as the system's other transactions do", async () => {
  await Promise.all([createOrganization(db), createOrganization(db)]);
  expect(await db.withSql(countOrganizations)).toBe(await db.withSystem(countOrganizations));
});

it("a connection keeps the plan of a statement that says so, and of no other", async () => {
  const askTwice = async (tx: SqlTx) => {
    for (const value of [1, 2]) {
      await tx.$queryRaw(keptPlan`select ${value}::int as kept`);
      await tx.$queryRaw`select ${value}::int as other`;
    }
    return tx.$queryRaw`select statement from pg_prepared_statements`;
  };
  expect(await db.withSql(askTwice)).toEqual([{ statement: "/* kept plan */select $1::int as kept" }]);
});

it("plans statements for values on average, and those of other transactions as ever", async () => {
  const modeIn = async (tx: SqlTx) => (await tx.$queryRaw<[{ mode: string }]>`select current_setting('plan_cache_mode') as mode`)[0].mode;
  expect([await db.withSql(modeIn), await db.withSystem(modeIn)]).toEqual(["force_generic_plan", "auto"]);
});

it("a plan that does not fit any more fails once, and is made anew", async () => {
  const alter = (type: "int" | "text") =>
    withClient(server.ownerConnection, (client) =>
      client.query(`drop table if exists altered; create table altered as select 1::${type} as value; grant select on altered to public`),
    );
  const read = () => db.withSql((tx) => tx.$queryRaw(keptPlan`select value from altered`));
  await alter("int");
  expect(await read()).toEqual([{ value: 1 }]);
  await alter("text");
  await expect(read()).rejects.toThrow("cached plan must not change result type");
  expect(await read()).toEqual([{ value: "1" }]);
});

it("gives up waiting for a connection, as for something that passes", async () => {
  const transact = createSqlTransactions(pool, { maxWait: 10, timeout: 60_000 });
  const taken = await pool.connect();
  const error = await errorOf(transact(countOrganizations));
  expect(isTransient(error)).toBe(true);
  taken.release();
  // The connection that came too late was given back.
  expect(await transact(countOrganizations)).toBeGreaterThan(0);
});

it.each([
  ["waits for an answer", (tx: SqlTx) => tx.$queryRaw`select pg_sleep(60)`],
  [
    "asks again and again",
    async (tx: SqlTx) => {
      for (;;) await countOrganizations(tx);
    },
  ],
])("ends a transaction that takes too long while it %s, as something that passes", async (_, work) => {
  const transact = createSqlTransactions(pool, { maxWait: 60_000, timeout: 30 });
  expect(isTransient(await errorOf(transact<unknown>(work)))).toBe(true);
});
