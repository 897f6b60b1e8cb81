import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "@/db/connect";
import { applyMigrations } from "@/db/migrate";
import { bundle } from "@/testing/bundle";
import { addressOf, createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { type FaultProcess, startProcess } from "./fault-process";
import type { MigratingEvent, MigratingOptions } from "./migrating";
import { describeSchema } from "./schema-description";
import { inRounds, pickNumber, timeForRounds } from "./seed";

const POINTS = 3;
const MIGRATIONS_DIR = path.resolve("prisma/migrations");
const OURS = ["public", "app"];
const NEVER = 1_000_000;

let folder: string;
let databases: TestDatabase[];
let processes: FaultProcess<MigratingEvent>[];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-migrations-"));
  [databases, processes] = [[], []];
});

afterEach(async () => {
  await Promise.all(processes.map((each) => each.kill()));
  await Promise.all(databases.map((each) => each.drop()));
  fs.rmSync(folder, { recursive: true, force: true });
});

async function createDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  databases.push(database);
  return database;
}

const query = <Row extends pg.QueryResultRow>({ ownerConnection }: TestDatabase, sql: string) =>
  withClient(ownerConnection, async (client) => (await client.query<Row>(sql)).rows);

/** A server that starts on the database, as far as its schema. */
async function start({ connection, ownerConnection }: TestDatabase, migrationsDir: string): Promise<FaultProcess<MigratingEvent>> {
  const program = await bundle(
    "faults-migrating",
    `import { migrate } from "@/testing/faults/migrating";
     await migrate(JSON.parse(process.argv[2]));`,
  );
  const options: MigratingOptions = { url: addressOf(connection), ownerUrl: addressOf(ownerConnection), migrationsDir };
  const started = startProcess<MigratingEvent>(program, options);
  processes.push(started);
  return started;
}

async function startWhole(database: TestDatabase): Promise<void> {
  const started = await start(database, MIGRATIONS_DIR);
  await started.waitFor("prepared");
  await started.exited;
}

/** From now on the database waits for a lock in the so manieth command that changes its schema. */
async function stopAt(database: TestDatabase, command: number): Promise<void> {
  await query(
    database,
    `create schema fault;
     create sequence fault.commands;
     create function fault.stop() returns event_trigger language plpgsql as $$ begin
       if nextval('fault.commands') = ${command} then perform pg_advisory_lock(4711); end if;
     end $$;
     create event trigger stop on ddl_command_end execute function fault.stop()`,
  );
}

const forgetStop = (database: TestDatabase) => query(database, "drop event trigger stop; drop schema fault cascade");

/** How many commands change the schema from nothing to whole, and what it is then. */
async function measureWhole(): Promise<{ commands: number; schema: string[] }> {
  const database = await createDatabase();
  await stopAt(database, NEVER);
  await startWhole(database);
  const [counted] = await query<{ commands: number }>(database, "select last_value::int as commands from fault.commands");
  await forgetStop(database);
  return { commands: counted?.commands ?? 0, schema: await describeSchema(database.ownerConnection, [...OURS, "graphile_worker"]) };
}

/** Kills a start in this command. Resolves when the database has noticed. */
async function killAt(database: TestDatabase, command: number, migrationsDir = MIGRATIONS_DIR): Promise<void> {
  await stopAt(database, command);
  await withClient(database.ownerConnection, async (holder) => {
    await holder.query("select pg_advisory_lock(4711)");
    const started = await start(database, migrationsDir);
    const waiting = "select pid from pg_locks where locktype = 'advisory' and objid = 4711 and not granted";
    await expect.poll(() => query(database, waiting), { timeout: 30_000 }).toHaveLength(1);
    await started.kill();
  });
  const others = "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()";
  await expect.poll(() => query(database, others), { timeout: 30_000 }).toEqual([]);
  await forgetStop(database);
}

/** The migrations that stand in the history. */
async function readHistory(database: TestDatabase): Promise<string[]> {
  const [{ made } = { made: false }] = await query<{ made: boolean }>(database, "select to_regclass('_prisma_migrations') is not null as made");
  if (!made) return [];
  return (await query<{ name: string }>(database, "select migration_name as name from _prisma_migrations order by 1")).map(({ name }) => name);
}

/** The tables and types of a database to which exactly these migrations were applied. Rights come later, in a transaction of their own. */
async function describeAfter(migrations: readonly string[]): Promise<string[]> {
  const database = await createDatabase();
  const applied = fs.mkdtempSync(path.join(folder, "applied-"));
  for (const name of migrations) fs.cpSync(path.join(MIGRATIONS_DIR, name), path.join(applied, name), { recursive: true });
  await withClient(database.ownerConnection, (client) => applyMigrations(client, applied));
  return structureOf(database);
}

const structureOf = async ({ ownerConnection }: TestDatabase) =>
  (await describeSchema(ownerConnection, OURS)).filter((part) => /^(column|constraint|index|policy|value) /.test(part) && !part.includes("_prisma_migrations"));

describe("a start that is killed in the middle of changing the schema", () => {
  it(
    "leaves it before or after a migration, never between, and the next start completes it",
    async () => {
      const whole = await measureWhole();
      await inRounds(POINTS, async (random) => {
        const database = await createDatabase();
        await killAt(database, pickNumber(random, 1, whole.commands));
        expect(await structureOf(database)).toEqual(await describeAfter(await readHistory(database)));
        await startWhole(database);
        expect(await describeSchema(database.ownerConnection, [...OURS, "graphile_worker"])).toEqual(whole.schema);
      });
    },
    30_000 + timeForRounds(POINTS, 60_000),
  );

  it("would leave half of one that is not carried out in one transaction (control)", async () => {
    const careless = path.join(folder, "careless", "1_first");
    fs.mkdirSync(careless, { recursive: true });
    fs.writeFileSync(path.join(careless, "migration.sql"), "create table crate (id int); commit; create table bottle (id int)");
    const database = await createDatabase();
    // The first command makes the history.
    await killAt(database, 3, path.dirname(careless));
    expect(await readHistory(database)).toEqual([]);
    expect(await structureOf(database)).toContain("column crate.id integer false");
  });
});
