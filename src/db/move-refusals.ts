import type pg from "pg";
import { StartError } from "@/config/start-error";
import { errorCode } from "./connect";
import { listPendingMigrations } from "./migrate";
import type { Sides } from "./move-rows";
import { listRelations, type MovedTable, readTables } from "./move-tables";

/**
 * Refuses while a process of Milkrun works on the database.
 * @param what The database, as the sentence calls it.
 * @throws StartError naming the processes.
 */
export async function refuseRunning(client: pg.Client, what: string): Promise<void> {
  const { rows: known } = await client.query<{ known: boolean }>("select to_regprocedure('app.is_alive(uuid)') is not null as known");
  if (!known[0]?.known) return;
  // Each holds a lock for as long as it lives, of which is_alive knows.
  const { rows } = await client.query<{ running: number; where: string | null }>(
    `select (select count(*)::int from pg_locks l join pg_database d on d.oid = l.database
             where l.locktype = 'advisory' and l.classid = app.liveness_class()::oid and l.objsubid = 2 and d.datname = current_database()) as running,
       (select string_agg(host || ', pid ' || pid, '; ') from public.heartbeat where app.is_alive(instance_id)) as where`,
  );
  if (!rows[0]?.running) return;
  throw new StartError(
    `A Milkrun works on ${what}${rows[0].where ? ` (${rows[0].where})` : ""}. Nothing was moved: stop all of its processes, then try again.`,
  );
}

/** @throws StartError when the database is older or newer than this program. */
export async function requireMigrated(client: pg.Client, migrationsDir: string): Promise<void> {
  const pending = await listPendingMigrations(client, migrationsDir);
  if (pending.length === 0) return;
  throw new StartError("The data is of an older version. Nothing was moved: start this version of Milkrun once on it, stop it, and move then.");
}

/**
 * Refuses a database that holds anything but Milkrun's tables without a row, that Milkrun works on, or that cannot hold every text.
 * @throws StartError with what to do.
 */
export async function refuseUsed(client: pg.Client): Promise<void> {
  const name = await readName(client);
  const { rows } = await client.query<{ encoding: string }>("select current_setting('server_encoding') as encoding");
  if (rows[0]?.encoding !== "UTF8") throw new StartError(`The database ${name} keeps texts as ${rows[0]?.encoding}. ${await makeAnother(client)}`);
  await refuseRunning(client, `the database ${name}`);
  const relations = await listRelations(client);
  if (relations.length === 0) return;
  if (relations.includes("public._prisma_migrations")) return refuseRows(client);
  throw new StartError(`The database ${name} holds something already, for instance ${relations[0]}. Nothing was moved: ${NAME_AN_EMPTY_ONE}`);
}

const NAME_AN_EMPTY_ONE = "name an empty database, which CREATE DATABASE makes.";

async function makeAnother(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ what: string }>("select quote_ident(current_database()) || ' OWNER ' || quote_ident(current_user) as what");
  return `Nothing was moved: make it anew with CREATE DATABASE ${rows[0]?.what} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' TEMPLATE template0.`;
}

/**
 * Refuses Milkrun's tables when one of them holds a row.
 * @throws StartError naming the table.
 */
export async function refuseRows(client: pg.Client): Promise<void> {
  for (const table of await readTables(client)) {
    const { rows } = await client.query<{ used: boolean }>(`select exists (select from ${table.name} as found ${WRITTEN[table.name] ?? ""}) as used`);
    if (!rows[0]?.used) continue;
    throw new StartError(
      `The database ${await readName(client)} holds what a Milkrun has stored (in ${table.name}). It is not overwritten and nothing was moved: ${NAME_AN_EMPTY_ONE}`,
    );
  }
}

/** The migrations put a row in; the first start of a Milkrun writes its key check to it, which an older schema has no place for. */
const WRITTEN: Record<string, string> = {
  "public.installation": "where coalesce(to_jsonb(found) ->> 'key_check', to_jsonb(found) ->> 'claimed_at') is not null",
};

/** Of several scripts, with and without case. */
const WORDS = "ÄÉÑ Привет ΕΛΛΑΣ Łódź straße 東京 naïve 12";

/**
 * Refuses a target that, by its locale, tells letters apart differently: what a search looks for would not be what was taken for words on the
 * source, whose index is moved.
 * @throws StartError with what to do.
 */
export async function requireSameWords({ source, target }: Sides): Promise<void> {
  const sql = "select lower($1::text) || regexp_replace($1::text, '[^[:alnum:]]+', ' ', 'g') as words";
  const [ours, theirs] = await Promise.all([source, target].map(async (side) => (await side.query<{ words: string }>(sql, [WORDS])).rows[0]?.words));
  if (ours === theirs) return;
  const name = await readName(target);
  throw new StartError(
    `In the database ${name} only ASCII letters count as letters (its LC_CTYPE), so that a search would not find others. ${await makeAnother(target)}`,
  );
}

/**
 * Takes the tables for itself until the transaction ends.
 * @throws StartError when somebody works with them.
 */
export async function claimTables(client: pg.Client, tables: readonly MovedTable[]): Promise<void> {
  await client.query("set local lock_timeout = '10s'");
  await client.query(`lock table ${tables.map((table) => table.name).join(", ")} in access exclusive mode`);
}

/** Says of what the server refuses on the target what to do about it. */
export async function explainTarget<T>(work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    const what = REFUSED[errorCode(cause) ?? ""];
    throw what ? new StartError(`${what} Nothing was moved.`, { cause }) : cause;
  });
}

const REFUSED: Record<string, string> = {
  "55P03": "Somebody works with the tables of the database: end that, then try again.",
  "42501": "The user of DATABASE_URL may not make and change Milkrun's tables: set it to the database's owner, or MIGRATION_DATABASE_URL beside it.",
  "53100": "The disk of the database's server is full: make room there, then try again.",
};

async function readName(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>("select current_database() as name");
  return rows[0]?.name ?? "";
}
