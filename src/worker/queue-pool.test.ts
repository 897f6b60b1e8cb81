import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "@/db/connect";
import { bundle } from "@/testing/bundle";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";
import { createQueuePool } from "./queue-pool";

/**
 * A process that works on a queue whose database lets nobody in at the moment when a piece of work ends, and lets them in again once it has
 * refused whoever came to say so. Ends well when the queue was told of the end all the same, with 2 when it was not for long.
 */
const PROGRAM = `
  import { Logger, run } from "graphile-worker";
  import pg from "pg";
  import pino from "pino";
  import { createDatabase } from "@/db/client";
  import { until } from "@/testing/until";
  import { createQueuePool } from "@/worker/queue-pool";

  const { connection, admin, plain, fails } = JSON.parse(process.argv[2]);
  const letIn = (isLetIn) => control.query("alter database " + pg.escapeIdentifier(connection.database) + " with allow_connections " + isLetIn);
  const control = new pg.Client(admin);
  await control.connect();
  const log = pino({ level: "silent" });
  const pool = plain ? new pg.Pool({ ...connection, max: 4 }) : createQueuePool(connection, 4, log);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const query = pool.query.bind(pool);
  pool.query = (statement) =>
    query(statement).catch(async (error) => {
      const isRefused = error.code === "55000" && /^(complete|fail)_job/.test(statement.name);
      if (isRefused) await letIn(true);
      throw error;
    });

  async function work() {
    await letIn(false);
    await control.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [connection.database]);
    if (fails) throw new Error("It went wrong.");
  }

  const logger = new Logger(() => () => {});
  const runner = await run({ pgPool: pool, concurrency: 1, noHandleSignals: true, parsedCronItems: [], logger, taskList: { execute_run: work } });
  const isTold = async () => (await pool.query("select 1 from graphile_worker.jobs where locked_at is not null or attempts = 0")).rowCount === 0;
  await until(createDatabase(connection, { poolSize: 1, log }), () => isTold().catch(() => false), Boolean).catch(() => process.exit(2));
  await runner.stop();
  await pool.end();
  await control.end();`;

let server: TestDatabase;
let program: string;

beforeAll(async () => {
  server = await createTestDatabase();
  program = await bundle("queue-pool", PROGRAM);
});

afterAll(() => server.drop());

/** How the process ended, and what stands in the queue. */
async function workThroughBreak(options: { plain?: boolean; fails?: boolean }) {
  const { ownerConnection: connection } = server;
  const admin = { ...connection, database: "postgres" };
  await withClient(connection, (client) => client.query("select graphile_worker.add_job('execute_run', '{}', job_key := 'the one')"));
  const child = spawn(process.execPath, [program, JSON.stringify({ connection, admin, ...options })], { stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number | null];
  await withClient(admin, (client) => client.query(`alter database ${connection.database} with allow_connections true`));
  const { rows } = await withClient(connection, (client) => client.query("select locked_at is not null as locked, last_error from graphile_worker.jobs"));
  await withClient(connection, (client) => client.query("delete from graphile_worker._private_jobs"));
  return { code, jobs: rows };
}

describe("a piece of work that ends while the database lets nobody in", () => {
  it("is taken out of the queue as soon as it does", async () => {
    expect(await workThroughBreak({})).toEqual({ code: 0, jobs: [] });
  });

  it("is given back to the queue as soon as it does, when it failed", async () => {
    expect(await workThroughBreak({ fails: true })).toEqual({ code: 0, jobs: [{ locked: false, last_error: "It went wrong." }] });
  });

  it("ends the whole process with a pool of the usual kind", async () => {
    const { code, jobs } = await workThroughBreak({ plain: true });
    expect(code).toBe(1);
    expect(jobs).toMatchObject([{ locked: true }]);
  });
});

/** Lends the pool's only connection, as the queue does to listen, and gives it back twice. */
function giveBackTwice(pool: pg.Pool): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.connect((_error, _client, release) => {
      try {
        release();
        release();
        resolve();
      } catch (error) {
        reject(error);
      }
    });
  });
}

describe("the connection that the queue listens on", () => {
  it("may be given back twice, as it is when it breaks while a runner stops, and serves others then", async () => {
    const pool = createQueuePool(server.ownerConnection, 1, silentLog);
    await giveBackTwice(pool);
    await giveBackTwice(pool);
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it("of any other pool may not (control)", async () => {
    const pool = new pg.Pool({ ...server.ownerConnection, max: 1 });
    await expect(giveBackTwice(pool)).rejects.toThrow("already been released");
    await pool.end();
  });
});
