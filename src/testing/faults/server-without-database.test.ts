import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { bundle } from "@/testing/bundle";
import { makeClusterFolder } from "@/testing/own-cluster";

const AGAIN = { timeout: 30_000, interval: 50 };

let program: string;
let folder: string;
let port: number;
let child: ChildProcess;

beforeAll(async () => {
  program = await bundle("server-without-database", 'import "@/server";');
});

/** A process without pages, on a PostgreSQL that it runs itself. */
beforeEach(async () => {
  folder = makeClusterFolder();
  port = await findFreePort();
  const settings = { MILKRUN_DATA_DIR: folder, MILKRUN_POSTGRES_DIR: folder, MILKRUN_ROLES: "scheduler,worker", PORT: String(port), LOG_LEVEL: "silent" };
  child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, NODE_ENV: "production", ...settings }, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout ?? child, "data");
});

afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
    process.kill(serverPid(), "SIGQUIT");
  }
  fs.rmSync(folder, { recursive: true, force: true });
});

async function findFreePort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  server.close();
  return free;
}

const clusterDir = () => path.join(folder, "pg18");

const serverPid = () => Number(fs.readFileSync(path.join(clusterDir(), "postmaster.pid"), "utf8").split("\n")[0]);

const readiness = async () => (await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: "close" } })).status;

/** Keeps PostgreSQL from starting, also for root, as a broken disk would. */
function breakCluster(): void {
  fs.renameSync(path.join(clusterDir(), "global"), path.join(clusterDir(), "global.away"));
}

test("Milkrun lives through a kill of its database, is ready again by itself, and stops as ever", { timeout: 90_000 }, async () => {
  expect(await readiness()).toBe(200);
  process.kill(serverPid(), "SIGKILL");
  await vi.waitFor(async () => expect(await readiness()).toBe(503), AGAIN);
  await vi.waitFor(async () => expect(await readiness()).toBe(200), AGAIN);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("Milkrun can be stopped while its database is down and cannot be started", { timeout: 90_000 }, async () => {
  breakCluster();
  process.kill(serverPid(), "SIGKILL");
  await vi.waitFor(async () => expect(await readiness()).toBe(503), AGAIN);
  const asked = performance.now();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(30_000);
});
