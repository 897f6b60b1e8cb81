import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { withClient } from "./connect";
import { applyMigrations, listPendingMigrations, withMigrationLock } from "./migrate";

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-migrations-"));
  write("1_first", "create table crate (id int primary key); insert into crate values (1);");
});

afterEach(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

const migrate = () => withMigrationLock(database.ownerConnection, (client) => applyMigrations(client, folder));

async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  return withClient(database.ownerConnection, async (client) => (await client.query<T>(sql)).rows);
}

const columnsOfCrate = async () =>
  (await query<{ name: string }>("select column_name as name from information_schema.columns where table_name = 'crate'")).map((row) => row.name);

test("migrations are applied in the order of their names, once", async () => {
  write("2_second", "alter table crate add column label text;");
  expect(await migrate()).toEqual(["1_first", "2_second"]);
  expect(await migrate()).toEqual([]);
  expect(await query("select id, label from crate")).toEqual([{ id: 1, label: null }]);
});

test("the history is one that Prisma reads as finished", async () => {
  await migrate();
  const rows = await query(
    "select migration_name, length(checksum) as length, finished_at >= started_at as finished, applied_steps_count, rolled_back_at from _prisma_migrations",
  );
  expect(rows).toEqual([{ migration_name: "1_first", length: 64, finished: true, applied_steps_count: 1, rolled_back_at: null }]);
});

test("a migration that fails half-way leaves the schema and the history as they were", async () => {
  await migrate();
  write("2_second", "alter table crate add column label text; insert into nowhere values (1);");
  await expect(migrate()).rejects.toThrow('Migration 2_second failed and was undone, the data is as it was before: relation "nowhere" does not exist.');
  expect(await columnsOfCrate()).toEqual(["id"]);
  write("2_second", "alter table crate add column label text;");
  expect(await migrate()).toEqual(["2_second"]);
});

test("a process that dies in the middle of a migration leaves the old schema, and the next one goes on", async () => {
  await migrate();
  write("2_second", "alter table crate add column label text; select pg_sleep(60);");
  const interrupted = expect(migrate()).rejects.toThrow(/Migration 2_second failed/);
  await killSessionThatSleeps();
  await interrupted;
  expect(await columnsOfCrate()).toEqual(["id"]);
  write("2_second", "alter table crate add column label text;");
  expect(await migrate()).toEqual(["2_second"]);
  expect(await columnsOfCrate()).toEqual(["id", "label"]);
});

async function killSessionThatSleeps(): Promise<void> {
  const kill = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'";
  await expect.poll(() => query(kill), { timeout: 10_000 }).toHaveLength(1);
}

test("of two processes that start at once one migrates and the other waits for it", async () => {
  write("2_second", "select pg_advisory_xact_lock(1); alter table crate add column label text;");
  const applied = await withClient(database.ownerConnection, async (holder) => {
    await holder.query("select pg_advisory_lock(1)");
    const both = Promise.all([migrate(), migrate()]);
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await expect.poll(() => query(waiting), { timeout: 10_000 }).toHaveLength(2);
    await holder.query("select pg_advisory_unlock(1)");
    return both;
  });
  expect(applied.flat()).toEqual(["1_first", "2_second"]);
});

test("a file that was changed after it was applied is refused", async () => {
  await migrate();
  write("1_first", "create table crate (id bigint primary key);");
  await expect(migrate()).rejects.toThrow("The file of migration 1_first was changed after it was applied to this database");
});

test("a database of a newer version is refused, with both versions named", async () => {
  write("2_second", "alter table crate add column label text;");
  await migrate();
  fs.rmSync(path.join(folder, "2_second"), { recursive: true });
  await expect(migrate()).rejects.toThrow("made by a newer Milkrun: it is at 2_second, this version knows up to 1_first");
});

test("a migration that another tool left unfinished is refused", async () => {
  await migrate();
  write("2_second", "select 1;");
  await query("insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'x', '2_second')");
  await expect(migrate()).rejects.toThrow("Another tool began migration 2_second and did not finish it");
});

test("what is still to be applied can be listed without applying it", async () => {
  const pending = () => withClient(database.ownerConnection, (client) => listPendingMigrations(client, folder));
  expect(await pending()).toEqual(["1_first"]);
  await migrate();
  write("2_second", "select 1;");
  expect(await pending()).toEqual(["2_second"]);
});
