import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";
import { createDatabase, type Database } from "./client";
import { withClient } from "./connect";
import { isDiskFull, sqlState } from "./sql-state";
import type { SqlTx } from "./transaction";

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  // As a superuser, to make things that fail.
  db = createDatabase(server.ownerConnection, { poolSize: 2, log: silentLog });
  await db.system
    .$executeRaw`create function disk_full() returns trigger language plpgsql as $$ begin raise exception 'full' using errcode = 'disk_full'; end $$`;
  await db.system.$executeRaw`create table crate (id int)`;
  await db.system.$executeRaw`
    create constraint trigger disk_full after insert on crate deferrable initially deferred for each row execute function disk_full()`;
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("the state of an error", () => {
  it("is found when a query failed", async () => {
    expect(sqlState(await errorOf(db.system.$queryRaw`select 1 / 0`))).toBe("22012");
    expect(sqlState(await errorOf(db.withSystem((tx) => tx.$queryRaw`select 1 / 0`)))).toBe("22012");
    expect(sqlState(await errorOf(db.withSql((tx) => tx.$queryRaw`select 1 / 0`)))).toBe("22012");
    expect(sqlState(await errorOf(withClient(server.ownerConnection, (client) => client.query("select 1 / 0"))))).toBe("22012");
  });

  it.each(["withSystem", "withSql"] as const)("is found when a commit of %s failed", async (way) => {
    const error = await errorOf(db[way]((tx: SqlTx) => tx.$executeRaw`insert into crate values (1)`));
    expect(sqlState(error)).toBe("53100");
    expect(isDiskFull(error)).toBe(true);
  });

  it("is nothing that other errors have", async () => {
    expect(sqlState(new Error("none"))).toBeNull();
    expect(sqlState("53100")).toBeNull();
    expect(sqlState(Object.assign(new Error("away"), { code: "ECONNREFUSED" }))).toBeNull();
    const { host } = server.ownerConnection;
    expect(sqlState(await errorOf(withClient({ ...server.ownerConnection, host: `${host}-elsewhere` }, () => Promise.resolve())))).toBeNull();
  });
});
