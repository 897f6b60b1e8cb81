import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "@/generated/prisma/client";
import { type KeyRing, NO_KEYS } from "./key-ring";
import { createListener, type Listener } from "./notify";
import { type LineScope, readLines } from "./read-lines";
import { createSqlTransactions } from "./sql-transactions";
import { systemConnection } from "./system-connection";
import type { DatabaseLog, SqlTx, Tx } from "./transaction";

export interface Database {
  /** Sees every organization. For sign-in, the scheduler and the worker only. */
  readonly system: PrismaClient;
  /** One transaction that sees this organization and nothing else. Rolled back when `work` throws. */
  withTenant<T>(orgId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction that sees every organization. Rolled back when `work` throws. */
  withSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same, for what is done for every source: in a fraction of the processor time. */
  withSql<T>(work: (tx: SqlTx) => Promise<T>): Promise<T>;
  /** The column `line` of a query, for what is large: as little as can be is kept of it. Sees the scope's organization and nothing else. */
  readLines(scope: LineScope, query: Prisma.Sql): Promise<string[]>;
  readonly listener: Listener;
  /** Seals and opens the secrets that are stored. */
  readonly keys: KeyRing;
  /** The database's clock: the one that decides what is due. */
  now(): Promise<Date>;
  /** Ends all connections; unfinished queries fail. */
  close(): Promise<void>;
}

const TRANSACTION = { maxWait: 10_000, timeout: 30_000 };
/** A process that froze in a transaction, or a machine that lost its power, lets go of its locks after this. Longer than the above. */
const IDLE_IN_TRANSACTION_MS = 40_000;

function createPool(connection: pg.PoolConfig, log: DatabaseLog): pg.Pool {
  const pool = new pg.Pool({ ...connection, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS });
  // An idle connection that breaks would end the process if nobody listened. The error carries the whole client: log its text only.
  const onError = (error: Error) => log.warn({ reason: error.message }, "a database connection broke");
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

interface DatabaseOptions {
  poolSize: number;
  log: DatabaseLog;
  /** Left out by programs that store and open no secrets. */
  keys?: KeyRing;
}

/**
 * Opens the two pools of the program: tenant connections, which see nothing until a transaction names its organization,
 * and system connections. Nothing connects before the first query.
 */
export function createDatabase(connection: pg.ClientConfig, options: DatabaseOptions): Database {
  const tenantPool = createPool({ ...connection, max: options.poolSize }, options.log);
  const systemPool = createPool({ ...systemConnection(connection), max: options.poolSize }, options.log);
  const tenant = new PrismaClient({ adapter: new PrismaPg(tenantPool) });
  const system = new PrismaClient({ adapter: new PrismaPg(systemPool) });
  const listener = createListener(systemConnection(connection), options.log);
  return {
    system,
    listener,
    keys: options.keys ?? NO_KEYS,
    withTenant: (orgId, work) =>
      tenant.$transaction(async (tx) => {
        await tx.$executeRaw`select set_config('app.org_id', ${orgId}, true)`;
        return work(tx);
      }, TRANSACTION),
    withSystem: (work) => system.$transaction(work, TRANSACTION),
    withSql: createSqlTransactions(systemPool, TRANSACTION),
    readLines: (scope, query) => readLines(tenantPool, scope, query),
    async now() {
      const [row] = await system.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
      return row.now;
    },
    async close() {
      await listener.stop();
      await Promise.all([tenant.$disconnect(), system.$disconnect()]);
      await Promise.all([tenantPool.end(), systemPool.end()]);
    },
  };
}

// The custom server and Next's bundles hold separate copies of every module; globalThis is all they share.
const KEY = Symbol.for("milkrun.database");
const store = globalThis as { [KEY]?: Database };

/** Makes the server's database available to the route handlers of the same process. */
export function shareDatabase(db: Database): void {
  store[KEY] = db;
}

/** The database that the server opened. Call it inside functions: while Next builds there is none. */
export function sharedDatabase(): Database {
  const db = store[KEY];
  if (!db) throw new Error("The database is used before the server opened it.");
  return db;
}
