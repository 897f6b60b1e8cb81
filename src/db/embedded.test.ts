import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import pino from "pino";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bundle } from "@/testing/bundle";
import { withClient } from "./connect";
import { type EmbeddedPostgres, startEmbedded } from "./embedded";
import { watchCluster } from "./embedded-supervisor";

const isRoot = process.getuid?.() === 0;
const log = pino({ level: "silent" });
let dataDir: string;
let otherProcess: string;
let running: EmbeddedPostgres[];
let children: ChildProcess[];

beforeAll(async () => {
  otherProcess = await bundle(
    "embedded",
    `import pino from "pino";
     import { startEmbedded } from "@/db/embedded";
     const [dataDir, relocationDir] = process.argv.slice(2);
     const postgres = await startEmbedded({ dataDir, relocationDir, log: pino({ level: "silent" }), fast: true });
     process.stdout.write(String(postgres.pid) + "\\n");
     process.stdin.resume();`,
  );
});

beforeEach(() => {
  dataDir = makeFolder(0o755);
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  // One that was left over by a killed process is adopted, so that it ends with its test.
  if (running.length === 0) await start();
  for (const postgres of running) await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

function makeFolder(mode: number): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-embedded-"));
  fs.chmodSync(folder, mode);
  return folder;
}

async function start(options: { relocationDir?: string } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDir, relocationDir: dataDir, log, fast: true, ...options });
  running.push(postgres);
  return postgres;
}

/** Another Milkrun on the same data directory; resolves with its PostgreSQL's pid. */
function startInOtherProcess({ umask = "022", relocationDir = dataDir } = {}): Promise<number> {
  const command = ["sh", "-c", `umask ${umask}; exec "$0" "$@"`, process.execPath, otherProcess, dataDir, relocationDir] as const;
  const child = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (data: Buffer) => resolve(Number(data.toString())));
    child.once("exit", (code) => reject(new Error(`it ended with ${code}`)));
  });
}

async function killOtherProcess(): Promise<void> {
  const child = children[0];
  const gone = new Promise((resolve) => child?.once("exit", resolve));
  child?.kill("SIGKILL");
  await gone;
}

const isGone = (pid: number) => !fs.existsSync(`/proc/${pid}`) || fs.readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");

test("it listens on a private socket only, and asks for a password that is nowhere but in a file of ours", async () => {
  const { connection } = await start();
  const settings = await withClient(connection, (client) =>
    client.query("select current_setting('listen_addresses') as addresses, current_setting('server_version') as version"),
  );
  expect(settings.rows).toEqual([{ addresses: "", version: expect.stringMatching(/^18\./) }]);
  expect(fs.statSync(connection.host).mode & 0o777).toBe(0o700);
  expect(fs.statSync(path.join(dataDir, "postgres-password")).mode & 0o777).toBe(0o600);
  await expect(withClient({ ...connection, password: "wrong" }, () => Promise.resolve())).rejects.toThrow("password authentication failed");
});

test("what was written is there after a stop and a start, and nothing is left running or lying about", async () => {
  const first = await start();
  await withClient(first.connection, (client) => client.query("create table crate as select 7 as id"));
  await first.stop();
  expect(isGone(first.pid)).toBe(true);
  expect(fs.existsSync(first.connection.host)).toBe(false);
  const second = await start();
  expect(second.adopted).toBe(false);
  expect((await withClient(second.connection, (client) => client.query("select id from crate"))).rows).toEqual([{ id: 7 }]);
});

test("a second Milkrun on the same data directory is refused with a sentence, and the first goes on", async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(`Another Milkrun is already running on ${dataDir}: stop it, or give this one its own MILKRUN_DATA_DIR.`);
  await withClient(first.connection, (client) => client.query("select 1"));
});

test("of two that start on a new data directory at the same moment one wins and the other is refused", async () => {
  const results = await Promise.allSettled([start(), startInOtherProcess()]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  if (results[1]?.status === "fulfilled") await killOtherProcess();
});

describe("after a kill -9", () => {
  test("the PostgreSQL that was left running is adopted", async () => {
    const pid = await startInOtherProcess();
    await killOtherProcess();
    const adopted = await start();
    expect(adopted).toMatchObject({ adopted: true, pid });
    await withClient(adopted.connection, (client) => client.query("select 1"));
    await adopted.stop();
    expect(isGone(pid)).toBe(true);
  });

  test("of Milkrun and PostgreSQL both, it starts again", async () => {
    const pid = await startInOtherProcess();
    process.kill(pid, "SIGKILL");
    await killOtherProcess();
    const again = await start();
    expect(again.adopted).toBe(false);
    await withClient(again.connection, (client) => client.query("select 1"));
  });
});

test("a left-over pid file whose number now belongs to another program does not keep it from starting", async () => {
  const first = await start();
  const pidFile = path.join(first.clusterDir, "postmaster.pid");
  const lines = fs.readFileSync(pidFile, "utf8").split("\n");
  await first.stop();
  fs.writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join("\n"));
  await expect(start()).resolves.toMatchObject({ adopted: false });
});

test("an initdb that was interrupted leaves nothing that is taken for a database", async () => {
  // The highest pid that Linux gives out: no such process runs.
  const draft = path.join(dataDir, "pg18.init-4194304");
  fs.mkdirSync(draft);
  fs.writeFileSync(path.join(draft, "PG_VERSION"), "18");
  await start();
  expect(fs.existsSync(draft)).toBe(false);
});

test.runIf(isRoot)("as root in a folder that only root can enter, the files go where PostgreSQL's user can reach them", async () => {
  fs.chmodSync(dataDir, 0o700);
  const relocationDir = makeFolder(0o755);
  const first = await start({ relocationDir });
  expect(first.clusterDir.startsWith(relocationDir)).toBe(true);
  await first.stop();
  // It stays there when the folder is opened later: the data is not left behind.
  fs.chmodSync(dataDir, 0o755);
  const second = await start({ relocationDir });
  expect(second.clusterDir).toBe(first.clusterDir);
  await second.stop();
  fs.rmSync(relocationDir, { recursive: true, force: true });
});

test("a password that is not the database's is told as that, and PostgreSQL is not left running", async () => {
  const first = await start();
  await first.stop();
  const file = path.join(dataDir, "postgres-password");
  const right = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, "of another backup");
  await expect(start()).rejects.toThrow(`The password in ${file} is not that of the database in ${first.clusterDir}: restore both from the same backup.`);
  expect(fs.existsSync(path.join(first.clusterDir, "postmaster.pid"))).toBe(false);
  fs.writeFileSync(file, right);
});

test("an answer that is lost on the way, as to a process that stood still too long, is asked for again", async () => {
  const { connection, clusterDir } = await start();
  let connected = 0;
  const between = net.createServer((client) => {
    if (++connected === 1) return client.destroy();
    client.pipe(net.connect(path.join(connection.host, ".s.PGSQL.5432"))).pipe(client);
  });
  const host = makeFolder(0o700);
  await once(between.listen(path.join(host, ".s.PGSQL.5432")), "listening");
  const layout = { clusterDir, binDir: "", logFile: "", user: undefined };
  // Refused, and not for want of an answer: the first one runs.
  await expect(watchCluster({ layout, connection: { ...connection, host, database: "postgres" }, fast: true, restart: false, log })).resolves.toBeNull();
  expect(connected).toBe(2);
  await new Promise((resolve) => between.close(resolve));
  fs.rmSync(host, { recursive: true });
});

describe.runIf(isRoot)("as root", () => {
  test("with a umask that keeps everybody else out, its own folders are open to PostgreSQL's user all the same", async () => {
    fs.chmodSync(dataDir, 0o700);
    const relocationDir = path.join(makeFolder(0o755), "made", "by", "the", "start");
    const pid = await startInOtherProcess({ umask: "077", relocationDir });
    expect(isGone(pid)).toBe(false);
    await killOtherProcess();
    await start({ relocationDir });
  });

  test("where PostgreSQL's user may enter neither the folder nor the one instead, the sentence says which to open", async () => {
    fs.chmodSync(dataDir, 0o700);
    await expect(start({ relocationDir: path.join(dataDir, "instead") })).rejects.toThrow(
      /^PostgreSQL's user \(.+\) may not enter .+instead.+: allow it with chmod o\+x on that folder and those above it\.$/,
    );
    fs.chmodSync(dataDir, 0o755);
  });
});

describe("a folder for temporary files that cannot hold a socket is left alone", () => {
  let temporary: string;

  beforeEach(() => {
    temporary = makeFolder(0o755);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(temporary, { recursive: true, force: true });
  });

  test.each([
    ["one that can is used", "t", 0o1777, true],
    ["as its path is too long", "t".repeat(100), 0o1777, false],
    ["as a comma ends a path for PostgreSQL", "a,b", 0o1777, false],
    ["as it is not there", null, 0, false],
    ...(isRoot ? [["as it is root's own", "t", 0o700, false] as const] : []),
  ] as const)("%s", async (_why, name, mode, used) => {
    const folder = path.join(temporary, name ?? "missing");
    if (name) fs.mkdirSync(folder);
    if (name) fs.chmodSync(folder, mode);
    vi.stubEnv("TMPDIR", folder);
    const { connection } = await start();
    expect(connection.host.startsWith(folder)).toBe(used);
    await withClient(connection, (client) => client.query("select 1"));
    vi.unstubAllEnvs();
  });
});
