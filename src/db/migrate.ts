import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type pg from "pg";
import { StartError } from "@/config/start-error";
import { withClient } from "./connect";

/** The lock that Prisma Migrate takes, so that `prisma migrate deploy` and Milkrun wait for each other. */
const PRISMA_LOCK = 72_707_369;

/** As Prisma makes it: `prisma migrate deploy` and `migrate status` agree with what stands in it. */
const HISTORY_TABLE = `create table if not exists public._prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface HistoryRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Runs `work` while no other process migrates this database. Grants belong inside too: two at once fail with
 * "tuple concurrently updated".
 */
export async function withMigrationLock<T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(owner, async (client) => {
    await client.query("select pg_advisory_lock($1)", [PRISMA_LOCK]);
    return work(client);
  });
}

/**
 * Brings the schema up to date with the migrations in a folder, each in one transaction: an interruption leaves the schema
 * before or after it, never between. Call it under `withMigrationLock`.
 * @returns The names of those applied now.
 * @throws StartError when the database is newer than this program, a file was changed after it was applied, or one fails.
 */
export async function applyMigrations(client: pg.Client, folder: string): Promise<string[]> {
  await client.query(HISTORY_TABLE);
  const pending = planMigrations(readMigrations(folder), await readHistory(client));
  for (const migration of pending) await applyMigration(client, migration);
  return pending.map((migration) => migration.name);
}

/**
 * For a process that may not migrate: the names of the migrations that are still to be applied by one that may.
 * @throws StartError as `applyMigrations`.
 */
export async function listPendingMigrations(client: pg.Client, folder: string): Promise<string[]> {
  const { rows } = await client.query<{ present: boolean }>("select to_regclass('public._prisma_migrations') is not null as present");
  const history = rows[0]?.present ? await readHistory(client) : [];
  return planMigrations(readMigrations(folder), history).map((migration) => migration.name);
}

async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  const { rows } = await client.query<HistoryRow>(
    "select migration_name, checksum, finished_at from public._prisma_migrations where rolled_back_at is null order by migration_name",
  );
  return rows;
}

function readMigrations(folder: string): Migration[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function planMigrations(available: Migration[], history: HistoryRow[]): Migration[] {
  const names = new Set(available.map((migration) => migration.name));
  const unknown = history.findLast((row) => !names.has(row.migration_name));
  if (unknown) {
    const newest = available.at(-1)?.name ?? "none";
    throw new StartError(
      `The database was made by a newer Milkrun: it is at ${unknown.migration_name}, this version knows up to ${newest}. Start the newer version again, or restore the backup made before the upgrade.`,
    );
  }
  const applied = new Map(history.map((row) => [row.migration_name, row]));
  return available.filter((migration) => !isApplied(migration, applied.get(migration.name)));
}

function isApplied({ name, checksum }: Migration, row: HistoryRow | undefined): boolean {
  if (!row) return false;
  if (!row.finished_at) {
    throw new StartError(
      `Another tool began migration ${name} and did not finish it: repair the schema, then run prisma migrate resolve --rolled-back ${name}.`,
    );
  }
  if (row.checksum !== checksum) {
    throw new StartError(`The file of migration ${name} was changed after it was applied to this database: restore the file as it was released.`);
  }
  return true;
}

async function applyMigration(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    // Row-level security is forced upon owners too; a migration of data concerns every organization.
    await client.query("select set_config('app.scope', 'system', true)");
    await client.query(sql);
    await client.query(
      `insert into public._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback").catch(() => {});
    throw new StartError(`Migration ${name} failed and was undone, the data is as it was before: ${describe(cause)}.`, { cause });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
