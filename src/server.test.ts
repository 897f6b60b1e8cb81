import { spawn } from "node:child_process";
import fs from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { spawnServer } from "@/cluster/server-process";
import { createDatabase } from "@/db/client";
import { listInstances } from "@/db/heartbeat";
import { bundle } from "@/testing/bundle";
import { addressOf, createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";

let server: string;
let dataDir: string;
let database: TestDatabase;

beforeAll(async () => {
  server = await bundle("server", 'import "@/server";');
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-start-"));
  database = await createEmptyDatabase();
});

afterAll(async () => {
  await database.drop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  said: string;
}

/** Starts Milkrun with settings that it cannot start with. */
function start(settings: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [server], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", MILKRUN_DATA_DIR: dataDir, LOG_LEVEL: "info", ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((resolve) => {
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.once("close", (code) => resolve({ code, said }));
  });
}

describe("a start that cannot succeed ends with one sentence and a code that says so", () => {
  test.each<[string, () => Record<string, string>, RegExp]>([
    ["a wrong setting", () => ({ PORT: "http" }), /^PORT=http cannot be used: it must be a port number from 1 to 65535\. .*\n$/],
    [
      "a database server that is not there",
      () => ({ DATABASE_URL: "postgresql://milkrun:canary@127.0.0.1:1/milkrun" }),
      /^Milkrun cannot use the database of DATABASE_URL: nothing listens there; start the server, or correct the host and port\.\n$/,
    ],
    [
      "a wrong password",
      () => ({ DATABASE_URL: addressOf({ ...database.ownerConnection, password: "canary" }) }),
      /^Milkrun cannot use the database of DATABASE_URL: the user or the password is wrong; .*\n$/,
    ],
  ])("%s", async (_what, settings, sentence) => {
    const { code, said } = await start(settings());
    expect(said).toMatch(sentence);
    expect(said).not.toContain("canary");
    expect(code).toBe(1);
  });
});

/** A port that nobody listens on at the moment. */
function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Lends a process with these roles, and says how it ended. */
async function withProcess(roles: string, work: (address: string, lines: string[]) => Promise<void>) {
  const lines: string[] = [];
  const port = await findFreePort();
  const settings = {
    MILKRUN_ROLES: roles,
    PORT: String(port),
    DATABASE_URL: addressOf(database.ownerConnection),
    MILKRUN_DATA_DIR: dataDir,
    LOG_LEVEL: "warn",
  };
  const started = spawnServer({ program: server, variables: { PATH: process.env.PATH, ...settings }, onLine: (line) => lines.push(line) });
  try {
    await started.ready;
    await work(`http://127.0.0.1:${port}`, lines);
  } finally {
    started.signal("SIGTERM");
  }
  return { exit: await started.exited, lines };
}

async function readInstances() {
  const db = createDatabase(database.ownerConnection, { poolSize: 2, log: silentLog });
  return db.withSystem(listInstances).finally(() => db.close());
}

describe("a process without pages", () => {
  test.each([[["scheduler"]], [["worker"]]])("with the roles %j lives, answers for its health alone, and stops well", async (roles) => {
    const { exit, lines } = await withProcess(roles.join(), async (address) => {
      const statuses = await Promise.all(["/livez", "/readyz", "/", "/setup"].map(async (page) => (await fetch(address + page)).status));
      expect(statuses).toEqual([200, 200, 404, 404]);
      expect(await readInstances()).toMatchObject([{ roles, alive: true }]);
    });
    expect(exit).toEqual({ code: 0, signal: null });
    expect(lines.join("\n")).toContain(`Milkrun is ready: ${roles.join(", ")}; its health is on port`);
    expect(lines.join("\n")).not.toContain("/setup?token=");
    expect(await readInstances()).toEqual([]);
  });
});
