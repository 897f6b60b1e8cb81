import { randomUUID } from "node:crypto";
import pg from "pg";
import pino from "pino";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { addressOf, createEmptyDatabase, type TestConnection, type TestDatabase } from "@/testing/database";
import { migrateQueue } from "@/worker/migrate-queue";
import { deriveAppLogin } from "./app-role";
import { withClient } from "./connect";
import { prepareDatabase } from "./prepare";

const SECRET = "a secret of at least thirty-two characters";
let database: TestDatabase;
const roles: string[] = [];

beforeEach(async () => {
  database = await createEmptyDatabase();
  roles.push(deriveAppLogin(database.ownerConnection.database, SECRET).user);
});

afterEach(() => database.drop());

afterAll(async () => {
  const admin = { ...database.ownerConnection, database: "postgres" };
  await withClient(admin, async (client) => {
    for (const role of roles) await client.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  });
});

async function asSuperuser(sql: string): Promise<void> {
  await withClient(database.ownerConnection, (client) => client.query(sql));
}

/** A login with these attributes; `owner` also gets the database. */
async function makeRole(attributes: string, owns: "owner" | "nothing" = "nothing"): Promise<TestConnection> {
  const user = `milkrun_role_${randomUUID().slice(0, 8)}`;
  roles.push(user);
  await asSuperuser(`create role ${user} login password 'pass' ${attributes}`);
  if (owns === "owner") await asSuperuser(`alter database ${database.ownerConnection.database} owner to ${user}`);
  return { ...database.ownerConnection, user, password: "pass" };
}

function prepare(url: TestConnection, migrationUrl?: TestConnection, secret = SECRET) {
  const env = {
    DATABASE_URL: addressOf(url),
    MIGRATION_DATABASE_URL: migrationUrl && addressOf(migrationUrl),
    MILKRUN_SECRET: secret,
    MILKRUN_DATA_DIR: "/nowhere",
    MILKRUN_POSTGRES_DIR: "/nowhere",
  };
  return prepareDatabase({ env, log: pino({ level: "silent" }), migrateQueue });
}

async function ask<T extends pg.QueryResultRow>(connection: pg.ClientConfig, sql: string): Promise<T | undefined> {
  return withClient(connection, async (client) => (await client.query<T>(sql)).rows[0]);
}

const IDENTITY = "select current_user as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user";

/** That the app can work as this login, and do nothing else. */
async function expectRestricted(connection: pg.ClientConfig, name: string): Promise<void> {
  expect(await ask(connection, IDENTITY)).toEqual({ name, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  expect(await ask(connection, 'select count(*)::int as users from "user"')).toEqual({ users: 0 });
  await expect(ask(connection, "create table public.mine ()")).rejects.toThrow("permission denied");
  await expect(ask(connection, "alter table organization disable row level security")).rejects.toThrow("must be owner");
  await expect(ask(connection, "delete from _prisma_migrations")).rejects.toThrow("permission denied");
}

describe("DATABASE_URL alone", () => {
  test.each([
    ["an owner that may make roles", () => makeRole("createrole", "owner")],
    ["a superuser", () => Promise.resolve(database.ownerConnection)],
  ])("that names %s: it migrates, and the app works as a role that Milkrun makes", async (_who, owner) => {
    const { connection } = await prepare(await owner());
    await expectRestricted(connection, `${database.ownerConnection.database}_app`);
  });

  test("a second start, or another machine with the same secret, uses the same login", async () => {
    const owner = await makeRole("createrole", "owner");
    const [first, second] = await Promise.all([prepare(owner), prepare(owner)]);
    expect(second.connection).toEqual(first.connection);
    // The owner could no longer change the password, and need not.
    await asSuperuser(`alter role ${owner.user} nocreaterole`);
    await expectRestricted((await prepare(owner)).connection, `${database.ownerConnection.database}_app`);
  });

  test("after the secret was changed the role gets the new password", async () => {
    await prepare(database.ownerConnection);
    const { connection } = await prepare(database.ownerConnection, undefined, `another ${SECRET}`);
    await expectRestricted(connection, `${database.ownerConnection.database}_app`);
  });

  test("an owner that may not make roles is told what to run", async () => {
    const owner = await makeRole("", "owner");
    await expect(prepare(owner)).rejects.toThrow(
      new RegExp(
        `The database user "${owner.user}" may not create the restricted role .*ALTER ROLE "${owner.user}" CREATEROLE; or CREATE ROLE .* LOGIN PASSWORD`,
      ),
    );
  });

  test("a role that may not create tables is told to name the owner", async () => {
    const stranger = await makeRole("");
    await expect(prepare(stranger)).rejects.toThrow(`The database user "${stranger.user}" may not create tables`);
  });

  test("a role of this name that can bypass row-level security is refused", async () => {
    await prepare(database.ownerConnection);
    await asSuperuser(`alter role "${database.ownerConnection.database}_app" bypassrls`);
    await expect(prepare(database.ownerConnection)).rejects.toThrow("has BYPASSRLS, so the database could not keep organizations apart");
  });

  test("a restricted role serves what another process has migrated", async () => {
    const role = await makeRole("");
    await prepare(role, database.ownerConnection);
    await expectRestricted((await prepare(role)).connection, role.user);
  });
});

describe("DATABASE_URL with MIGRATION_DATABASE_URL", () => {
  test("the second migrates, and the app works as the first", async () => {
    const role = await makeRole("");
    const owner = await makeRole("", "owner");
    await expectRestricted((await prepare(role, owner)).connection, role.user);
  });

  test.each([
    ["a superuser", "superuser", "is a superuser"],
    ["a role that bypasses row-level security", "bypassrls", "has BYPASSRLS"],
  ])("%s is refused as the role of the app", async (_who, attributes, reason) => {
    await expect(prepare(await makeRole(attributes), database.ownerConnection)).rejects.toThrow(reason);
  });

  test("the owner is refused as the role of the app, and so is a member of it", async () => {
    const owner = await makeRole("", "owner");
    await expect(prepare(owner, owner)).rejects.toThrow(/owns the table/);
    const member = await makeRole(`in role ${owner.user}`);
    await expect(prepare(member, owner)).rejects.toThrow(/owns the table/);
  });

  test("two different databases are refused", async () => {
    const other = await createEmptyDatabase();
    const role = { ...(await makeRole("")), database: other.ownerConnection.database };
    await expect(prepare(role, database.ownerConnection)).rejects.toThrow("name different databases");
    await other.drop();
  });
});

describe("the restricted role", () => {
  test("queues work and sees it, under the queue's row-level security", async () => {
    const { connection } = await prepare(database.ownerConnection);
    await ask(connection, "select graphile_worker.add_job('nothing')");
    expect(await ask(connection, "select count(*)::int as jobs from graphile_worker._private_jobs")).toEqual({ jobs: 1 });
  });

  test("writes the audit trail and cannot change it", async () => {
    const { connection } = await prepare(database.ownerConnection);
    const allowed = "select has_table_privilege('audit_entry', p) as yes from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as p";
    const rows = await withClient(connection, async (client) => (await client.query<{ yes: boolean }>(allowed)).rows);
    expect(rows.map((row) => row.yes)).toEqual([true, true, false, false, false]);
  });

  test("has a name that fits, also for a long name of the database", () => {
    expect(deriveAppLogin("milkrun", SECRET).user).toBe("milkrun_app");
    const long = deriveAppLogin("x".repeat(63), SECRET).user;
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(63);
    expect(long).not.toBe(deriveAppLogin(`${"x".repeat(62)}y`, SECRET).user);
  });
});

describe("an address that does not work", () => {
  test.each<[string, Partial<TestConnection>, string]>([
    ["a wrong password", { password: "wrong" }, "the user or the password is wrong"],
    ["a database that is not there", { database: "milkrun_nowhere" }, "the database does not exist; create it with CREATE DATABASE"],
    ["a port where nothing listens", { host: "127.0.0.1", port: 1 }, "nothing listens there"],
    ["a socket that is not there", { host: "/nowhere" }, "there is no such socket"],
  ])("%s is explained in one sentence without the password", async (_what, change, sentence) => {
    const failure = prepare({ ...database.ownerConnection, ...change });
    await expect(failure).rejects.toThrow(`Milkrun cannot use the database of DATABASE_URL: ${sentence}`);
    await expect(failure).rejects.not.toThrow(database.ownerConnection.password);
  });
});
