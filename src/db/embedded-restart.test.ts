import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bundle } from "@/testing/bundle";
import { silentLog } from "@/testing/silent-log";
import { createDatabase, type Database } from "./client";
import { withClient } from "./connect";
import { type EmbeddedPostgres, startEmbedded } from "./embedded";

const AGAIN = { timeout: 20_000, interval: 50 };

let dataDir: string;
let running: EmbeddedPostgres | undefined;

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-embedded-"));
  fs.chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function start(restart = true, endsWithinMs?: number): Promise<EmbeddedPostgres> {
  running = await startEmbedded({ dataDir, relocationDir: dataDir, log: silentLog, restart, endsWithinMs });
  await withClient(running.connection, (client) => client.query("create table if not exists crate as select 7 as id"));
  return running;
}

/** The server's process id, from the file that it keeps. */
function serverPid({ clusterDir }: EmbeddedPostgres): number {
  return Number(fs.readFileSync(path.join(clusterDir, "postmaster.pid"), "utf8").split("\n")[0]);
}

const isGone = (pid: number) => !fs.existsSync(`/proc/${pid}`) || fs.readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");

const readCrates = (db: Database) => db.system.$queryRaw`select id from crate`;

describe("a server that is killed while Milkrun runs", () => {
  test("is there again within 20 s with every row, and what was connected connects again by itself", async () => {
    const postgres = await start();
    const db = createDatabase(postgres.connection, { poolSize: 2, log: silentLog });
    await db.listener.start();
    const again = new Promise<void>((resolve) => db.listener.onReconnect(resolve));
    expect(await readCrates(db)).toEqual([{ id: 7 }]);

    const killed = serverPid(postgres);
    process.kill(killed, "SIGKILL");
    await vi.waitFor(() => expect(serverPid(postgres)).not.toBe(killed), AGAIN);
    await vi.waitFor(async () => expect(await readCrates(db)).toEqual([{ id: 7 }]), AGAIN);
    await again;
    const heard = new Promise((resolve) => db.listener.subscribe("schedule", resolve));
    await db.system.$executeRaw`select pg_notify('milkrun_schedule', 'seven')`;
    expect(await heard).toBe("seven");
    await db.close();
  });

  test("or told to end, which waits for its sessions, is there again, too", async () => {
    const postgres = await start(true, 0);
    const db = createDatabase(postgres.connection, { poolSize: 2, log: silentLog });
    expect(await readCrates(db)).toEqual([{ id: 7 }]);
    const told = serverPid(postgres);
    process.kill(told, "SIGTERM");
    await vi.waitFor(async () => {
      expect(serverPid(postgres)).not.toBe(told);
      expect(await readCrates(db)).toEqual([{ id: 7 }]);
    }, AGAIN);
    await db.close();
  });

  test("stays away when nobody looks after it", async () => {
    const postgres = await start(false);
    const killed = serverPid(postgres);
    process.kill(killed, "SIGKILL");
    await vi.waitFor(() => expect(isGone(killed)).toBe(true), AGAIN);
    const returned = vi.waitFor(() => withClient(postgres.connection, (client) => client.query("select 1")), { timeout: 3_000, interval: 100 });
    await expect(returned).rejects.toThrow(/ECONNREFUSED|ENOENT/);
  });

  test("comes back each time, and nobody else gets its data directory meanwhile", async () => {
    const postgres = await start();
    for (const _round of [1, 2]) {
      const killed = serverPid(postgres);
      process.kill(killed, "SIGKILL");
      await vi.waitFor(() => withClient(postgres.connection, (client) => client.query("select 1")), AGAIN);
      expect(serverPid(postgres)).not.toBe(killed);
      await vi.waitFor(
        () => expect(startEmbedded({ dataDir, relocationDir: dataDir, log: silentLog })).rejects.toThrow("Another Milkrun is already running"),
        AGAIN,
      );
    }
  });

  test("is waited for while a session that outlived it still uses its files", async () => {
    const postgres = await start();
    // Nothing but the end of the statement makes a computing session notice that its server is gone.
    const computing = withClient(postgres.connection, (client) => client.query("select count(*) from generate_series(1, 12000000) as n where n % 7 = 3"));
    const ended = computing.catch((error: Error) => error);
    const session = await vi.waitFor(() => findComputing(postgres), AGAIN);
    process.kill(serverPid(postgres), "SIGKILL");
    process.kill(session, "SIGSTOP");
    const log = () => fs.readFileSync(path.join(dataDir, "postgres.log"), "utf8");
    await vi.waitFor(() => expect(log()).toContain("pre-existing shared memory block"), AGAIN);
    process.kill(session, "SIGCONT");
    await ended;
    const { rows } = await vi.waitFor(() => withClient(postgres.connection, (client) => client.query("select id from crate")), AGAIN);
    expect(rows).toEqual([{ id: 7 }]);
  });
});

async function findComputing(postgres: EmbeddedPostgres): Promise<number> {
  const { rows } = await withClient(postgres.connection, (client) =>
    client.query<{ pid: number }>("select pid from pg_stat_activity where query like 'select count(*)%' and state = 'active'"),
  );
  if (!rows[0]) throw new Error("It does not compute yet.");
  return rows[0].pid;
}

describe("stopping", () => {
  test("works while the server is down", async () => {
    const postgres = await start(false);
    const killed = serverPid(postgres);
    process.kill(killed, "SIGKILL");
    await vi.waitFor(() => expect(isGone(killed)).toBe(true), AGAIN);
    await postgres.stop();
    expect(fs.existsSync(postgres.connection.host)).toBe(false);
  });

  test("while the server is being started again leaves nothing running", async () => {
    const postgres = await start();
    process.kill(serverPid(postgres), "SIGKILL");
    await postgres.stop();
    running = undefined;
    await expect(withClient(postgres.connection, () => Promise.resolve())).rejects.toThrow(/ECONNREFUSED|ENOENT/);
    // The data directory is free.
    const next = await start();
    expect(next.adopted).toBe(false);
  });
});

test("a server that an earlier process left running is looked after too", async () => {
  const script = await bundle(
    "embedded-restart",
    `import pino from "pino";
     import { startEmbedded } from "@/db/embedded";
     const dataDir = process.argv[2] ?? "";
     await startEmbedded({ dataDir, relocationDir: dataDir, log: pino({ level: "silent" }) });
     process.kill(process.pid, "SIGKILL");`,
  );
  await new Promise((resolve) => spawn(process.execPath, [script, dataDir], { stdio: "ignore" }).once("exit", resolve));
  const postgres = await start();
  expect(postgres.adopted).toBe(true);
  process.kill(postgres.pid, "SIGKILL");
  const { rows } = await vi.waitFor(() => withClient(postgres.connection, (client) => client.query("select id from crate")), AGAIN);
  expect(rows).toEqual([{ id: 7 }]);
});
