import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "@/log/logger";

/** Waits between attempts to end a job; the last one repeats. */
const RETRY_MS = [100, 500, 1_000, 2_000];
/** Longer than a restart of the database takes; a job that could not be ended until then stays in the queue and finds its run ended. */
const GIVE_UP_AFTER_MS = 15 * 60_000;
/** What ended just before the process stops is told to the queue within this. */
const LAST_ENDINGS_MS = 2_000;
const NO_ROWS = { rows: [], rowCount: 0 };

/**
 * The queue's connections. graphile-worker 0.17 does not look at how the statements end with which it completes or fails a job: one that
 * fails because the database restarts would end the process as an unhandled rejection. Here they are tried again, and never fail. A look
 * for work that fails finds none: otherwise it would be left alone for minutes while the database starts, and written to the console
 * when the worker stops.
 */
export function createQueuePool(connection: pg.ClientConfig, max: number, log: Logger): pg.Pool {
  const pool = new pg.Pool({ ...connection, max });
  // The error carries the whole client: log its text only.
  const onError = (error: Error) => log.warn({ reason: error.message }, "a connection of the queue broke");
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  const connect = pool.connect.bind(pool);
  const endings = new Set<Promise<unknown>>();
  const endJob = (statement: pg.QueryConfig) => {
    const ended = tryToEndJob(pool, statement, log).finally(() => endings.delete(ended));
    endings.add(ended);
    return ended;
  };
  const lend = (callback?: Lent) => (callback ? connect(releasedOnce(callback)) : Promise.resolve(createSession(pool, connect, endJob, log)));
  // graphile-worker does not wait for them, and a pool that ends serves nobody who still waits for a connection.
  const end = pool.end.bind(pool);
  return Object.assign(pool, { connect: lend, end: () => waitFor(endings).then(() => end()) });
}

type Lent = Parameters<pg.Pool["connect"]>[0];

/** graphile-worker 0.17 gives the connection that it listens on back twice when it breaks while a runner stops, and nobody would handle what the pool says to that. */
function releasedOnce(callback: Lent): Lent {
  return (error, client, release) => {
    let isReleased = false;
    callback(error, client, (reason) => {
      if (isReleased) return;
      isReleased = true;
      release(reason);
    });
  };
}

/** What graphile-worker uses of a connection. It is made with the first statement, as ending a job may have to wait for the database. */
function createSession(pool: pg.Pool, connect: () => Promise<pg.PoolClient>, endJob: (statement: pg.QueryConfig) => Promise<unknown>, log: Logger) {
  let client: pg.PoolClient | undefined;
  const query = async (statement: string | pg.QueryConfig, values?: unknown[]) => {
    if (isNamed(statement, /^(complete|fail)_job/)) return endJob(statement);
    if (isNamed(statement, /^get_job/)) return pool.query(statement).catch((error: Error) => findNothing(error));
    client ??= await connect();
    return client.query(statement, values);
  };
  const findNothing = ({ message }: Error) => {
    log.debug({ reason: message }, "the queue could not be looked at");
    return NO_ROWS;
  };
  return { query, release: () => client?.release() };
}

/** By the names of the queue's prepared statements; a test notices when they change. */
function isNamed(statement: string | pg.QueryConfig, name: RegExp): statement is pg.QueryConfig {
  return typeof statement !== "string" && name.test(statement.name ?? "");
}

async function tryToEndJob(pool: pg.Pool, statement: pg.QueryConfig, log: Logger): Promise<unknown> {
  const deadline = performance.now() + GIVE_UP_AFTER_MS;
  for (let failures = 0; ; failures++) {
    try {
      return await pool.query(statement);
    } catch (error) {
      const { message } = error as Error;
      if (pool.ending || performance.now() > deadline) {
        log.warn({ reason: message }, "the queue could not be told that a piece of work has ended");
        return NO_ROWS;
      }
      if (failures === 0) log.warn({ reason: message }, "the queue could not be told that a piece of work has ended, trying again");
      await sleep(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    }
  }
}

/** Until all have ended, or the database is so slow that stopping should not wait for it. */
async function waitFor(endings: ReadonlySet<Promise<unknown>>): Promise<void> {
  await Promise.race([Promise.allSettled(endings), sleep(LAST_ENDINGS_MS, undefined, { ref: false })]);
}
