import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { Prisma } from "@/generated/prisma/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";
import { createDatabase, type Database } from "./client";
import { sqlState } from "./sql-state";
import type { SqlTx } from "./transaction";
import { isTransient, RETRY_DELAYS_MS, retryTransient } from "./transient";

let server: TestDatabase;
let db: Database;
let admin: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 2, log: silentLog });
  admin = createDatabase(server.ownerConnection, { poolSize: 1, log: silentLog });
});

afterAll(async () => {
  await Promise.all([db.close(), admin.close()]);
  await server.drop();
});

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

async function pidOf(tx: SqlTx): Promise<number> {
  const [row] = await tx.$queryRaw<[{ pid: number }]>`select pg_backend_pid() as pid`;
  return row.pid;
}

/** Ends the server's side of a connection and waits until it is gone. */
const endBackend = (pid: number) => admin.system.$executeRaw`select pg_terminate_backend(${pid}::int, 5000)`;

/** The same, once it is in the middle of a query. */
const endBusyBackend = (pid: number) =>
  admin.system.$executeRawUnsafe(`do $$ begin
    loop
      perform pg_stat_clear_snapshot();
      exit when exists (select from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep');
      perform pg_sleep(0.02);
    end loop;
    perform pg_terminate_backend(${pid}, 5000);
  end $$`);

const raise = (state: string) => (tx: SqlTx) => tx.$executeRaw(Prisma.raw(`do $$ begin raise exception 'no' using errcode = '${state}'; end $$`));

/** A port at which somebody takes the call and then hangs up. */
async function hangingUp(how: "end" | "resetAndDestroy", work: (port: number) => Promise<void>): Promise<void> {
  const listener = createServer((socket) => void socket.once("data", () => void socket[how]()));
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await work(address !== null && typeof address === "object" ? address.port : 0);
  await new Promise((resolve) => listener.close(resolve));
}

/** Prisma's transactions and those past it, whose errors differ. */
const WAYS = ["withSystem", "withSql"] as const;
type Way = (typeof WAYS)[number];

async function connectingTo(way: Way, change: { host: string; port?: number }): Promise<unknown> {
  const other = createDatabase({ ...server.connection, ...change }, { poolSize: 1, log: silentLog });
  const error = await errorOf(other[way]((tx: SqlTx) => tx.$queryRaw`select 1`));
  await other.close();
  return error;
}

describe.each(WAYS)("a transaction of %s may be tried again", (way) => {
  it("when its connection was ended during a query", async () => {
    const error = await errorOf(
      db[way](async (tx: SqlTx) => {
        const pid = await pidOf(tx);
        await Promise.all([tx.$executeRaw`select pg_sleep(10)`, endBusyBackend(pid)]);
      }),
    );
    expect(sqlState(error)).toBe("57P01");
    expect(isTransient(error)).toBe(true);
  });

  it("when its connection was ended between two queries", async () => {
    const error = await errorOf(
      db[way](async (tx: SqlTx) => {
        await endBackend(await pidOf(tx));
        await tx.$queryRaw`select 1`;
      }),
    );
    // In one of two ways, by whether this side has noticed before it asks.
    expect(error).not.toBeNull();
    expect(isTransient(error)).toBe(true);
  });

  it("when its connection was ended before the commit", async () => {
    const error = await errorOf(db[way](async (tx: SqlTx) => endBackend(await pidOf(tx))));
    expect(error).not.toBeNull();
    expect(isTransient(error)).toBe(true);
  });

  it("when the server refuses, hangs up, or is not there", async () => {
    expect(isTransient(await connectingTo(way, { host: "127.0.0.1", port: 1 }))).toBe(true);
    expect(isTransient(await connectingTo(way, { host: "/nowhere" }))).toBe(true);
    for (const how of ["end", "resetAndDestroy"] as const) {
      await hangingUp(how, async (port) => expect(isTransient(await connectingTo(way, { host: "127.0.0.1", port }))).toBe(true));
    }
  });

  it.each(["08006", "57P01", "57P02", "57P03", "40001", "40P01", "53300", "25P03"])("when the server says %s", async (state) => {
    const error = await errorOf(db[way](raise(state)));
    expect(error).not.toBeNull();
    expect(isTransient(error)).toBe(true);
  });
});

describe.each(WAYS)("a transaction of %s is not tried again", (way) => {
  it.each(["23505", "42601", "42501", "53100", "P0001"])("when the server says %s", async (state) => {
    const error = await errorOf(db[way](raise(state)));
    expect(error).not.toBeNull();
    expect(isTransient(error)).toBe(false);
  });
});

it("no other error is tried again", async () => {
  expect(isTransient(new AppError("not_found", "There is no such run."))).toBe(false);
  expect(isTransient(Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "open" }))).toBe(false);
  expect(isTransient(undefined)).toBe(false);
});

describe("trying again", () => {
  const passing = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

  /** Fails so many times, then succeeds; tells how long was waited. */
  async function tryWith(failures: number, error: Error = passing) {
    const waits: number[] = [];
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries <= failures) throw error;
      return "done";
    };
    const result = await retryTransient(work, { wait: async (ms) => void waits.push(ms) }).catch((cause: unknown) => cause);
    return { result, tries, waits };
  }

  it("goes on until it works", async () => {
    expect(await tryWith(3)).toEqual({ result: "done", tries: 4, waits: RETRY_DELAYS_MS.slice(0, 3) });
  });

  it("ends after about half a minute, with the last error", async () => {
    const { result, waits } = await tryWith(1_000);
    expect(result).toBe(passing);
    const total = waits.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeGreaterThan(25_000);
    expect(total).toBeLessThan(35_000);
  });

  it("does not begin for another error", async () => {
    const wrong = new Error("column does not exist");
    expect(await tryWith(1, wrong)).toEqual({ result: wrong, tries: 1, waits: [] });
  });
});
