import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/config/start-error";
import { isAlive, postgresProcess } from "./embedded-cluster";
import { type Layout, makeSocketDir } from "./embedded-layout";

/** Only names the socket file: nothing listens on the network. */
const PORT = 5432;
const READY_WITHIN_MS = 60_000;

/** A running server: its process and where its socket is. */
export interface Postmaster {
  pid: number;
  socketDir: string;
  port: number;
}

/** The server that runs on this cluster, started by whomever; null when none does. */
export function findPostmaster(clusterDir: string): (Postmaster & { ready: boolean }) | null {
  const lines = readPidFile(clusterDir);
  const pid = Number(lines[0]);
  if (!pid || !isPostgres(pid)) return null;
  return { pid, port: Number(lines[3]), socketDir: lines[4] ?? "", ready: lines[7]?.trim() === "ready" };
}

function readPidFile(clusterDir: string): string[] {
  try {
    return fs.readFileSync(path.join(clusterDir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Process ids are reused, above all in containers: a live one must also be a postgres. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    const command =
      process.platform === "linux"
        ? fs.readFileSync(`/proc/${pid}/comm`, "utf8")
        : execFileSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" });
    return path.basename(command.trim()) === "postgres";
  } catch {
    return false;
  }
}

/**
 * Starts the server and waits until it is ready. When another process starts it at the same moment, that one is returned.
 * @throws StartError when it does not come up within a minute.
 */
export async function startPostmaster(layout: Layout, fast: boolean): Promise<Postmaster> {
  const exit = spawnPostmaster(layout, fast);
  for (let waitedMs = 0; waitedMs < READY_WITHIN_MS; waitedMs += 20) {
    const running = findPostmaster(layout.clusterDir);
    if (running?.ready) return running;
    if (exit.reason && !running) break;
    await sleep(20);
  }
  const reason = exit.reason ?? "it was not ready after 60 s";
  throw new StartError(`Milkrun's PostgreSQL did not start (${reason}): ${layout.logFile} says why.`);
}

function spawnPostmaster(layout: Layout, fast: boolean): { reason?: string } {
  const exit: { reason?: string } = {};
  // A left-over file whose pid now belongs to something else keeps PostgreSQL from starting.
  if (!findPostmaster(layout.clusterDir)) fs.rmSync(path.join(layout.clusterDir, "postmaster.pid"), { force: true });
  const output = fs.openSync(layout.logFile, "a");
  const child = spawn(path.join(layout.binDir, "postgres"), ["-D", layout.clusterDir, ...serverOptions(makeSocketDir(layout), fast)], {
    ...postgresProcess(layout),
    // Its own session, so that Ctrl-C in the terminal reaches us and not the database; a file, because a pipe dies with us.
    detached: true,
    stdio: ["ignore", output, output],
  });
  fs.closeSync(output);
  child.on("exit", (code, signal) => {
    exit.reason = signal ? `ended by ${signal}` : `exit code ${code}`;
  });
  child.on("error", (error) => {
    exit.reason = error.message;
  });
  child.unref();
  return exit;
}

function serverOptions(socketDir: string, fast: boolean): string[] {
  const options = {
    port: PORT,
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    shared_buffers: "64MB",
    max_connections: 100,
    ...(fast ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  return Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Stops the server: politely for 3 s, then by ending its sessions; gives up waiting after 30 s more. */
export async function stopPostmaster({ pid, socketDir }: Postmaster): Promise<void> {
  // A fast shutdown at once would log the sessions that are just closing as killed.
  if (!(await endsAfter(pid, "SIGTERM", 3_000))) await endsAfter(pid, "SIGINT", 30_000);
  if (!isPostgres(pid)) fs.rmSync(socketDir, { recursive: true, force: true });
}

async function endsAfter(pid: number, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  if (isPostgres(pid)) process.kill(pid, signal);
  for (let waitedMs = 0; waitedMs < withinMs && isPostgres(pid); waitedMs += 20) await sleep(20);
  return !isPostgres(pid);
}
