import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/config/start-error";
import { postgresProcess } from "./embedded-cluster";
import { type Layout, makeSocketDir } from "./embedded-layout";
import { endsAfter, isAlive, isPostgres } from "./embedded-process";

/** Only names the socket file: nothing listens on the network. */
const PORT = 5432;
const PID_FILE = "postmaster.pid";
const SOCKET_LOCK = `.s.PGSQL.${PORT}.lock`;
const READY_WITHIN_MS = 60_000;
/** Between two attempts while sessions of an earlier server still use the files. */
const KEPT_OUT_MS = 300;
/** Six processes with the default pools and workers need about 150; each one costs the server some kilobytes until it is used. */
const MAX_CONNECTIONS = 200;

/** A running server: its process and where its socket is. */
export interface Postmaster {
  pid: number;
  socketDir: string;
  port: number;
}

/** The server that runs on this cluster, started by whomever; null when none does. */
export function findPostmaster(clusterDir: string): (Postmaster & { ready: boolean; stopping: boolean }) | null {
  const lines = readLines(path.join(clusterDir, PID_FILE));
  const pid = Number(lines[0]);
  if (!pid || !isPostgres(pid)) return null;
  const status = lines[7]?.trim();
  return { pid, port: Number(lines[3]), socketDir: lines[4] ?? "", ready: status === "ready", stopping: status === "stopping" };
}

function readLines(file: string): string[] {
  try {
    return fs.readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

/**
 * Starts the server and waits until it is ready. When another process starts it at the same moment, that one is returned. Sessions that
 * outlived their server, which keep a new one out, are waited for.
 * @param signal Gives up; what was begun is ended.
 * @throws StartError when it does not come up within a minute.
 */
export async function startPostmaster(layout: Layout, fast: boolean, signal?: AbortSignal): Promise<Postmaster> {
  const deadline = performance.now() + READY_WITHIN_MS;
  let attempt = spawnPostmaster(layout, fast);
  while (performance.now() < deadline && !signal?.aborted) {
    const running = findPostmaster(layout.clusterDir);
    if (running?.ready) return running;
    if (attempt.ended() && !running) {
      if (!attempt.wasKeptOut()) break;
      await sleep(KEPT_OUT_MS);
      attempt = spawnPostmaster(layout, fast);
    }
    await sleep(20);
  }
  // One that is only slow goes on: it may have much to repair, and is adopted when it is done.
  if (signal?.aborted) await attempt.end();
  const reason = attempt.ended() ?? "it was not ready after 60 s";
  throw new StartError(`Milkrun's PostgreSQL did not start (${reason}): ${layout.logFile} says why.`);
}

interface Attempt {
  /** Why it ended; null while it runs. */
  ended(): string | null;
  /** Whether it refused to start because sessions of an earlier server still use the files. */
  wasKeptOut(): boolean;
  end(): Promise<void>;
}

function spawnPostmaster(layout: Layout, fast: boolean): Attempt {
  const socketDir = makeSocketDir(layout);
  forgetForeignPids(path.join(layout.clusterDir, PID_FILE), path.join(socketDir, SOCKET_LOCK));
  const logStart = fs.statSync(layout.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const output = fs.openSync(layout.logFile, "a");
  const child = spawn(path.join(layout.binDir, "postgres"), ["-D", layout.clusterDir, ...serverOptions(socketDir, fast)], {
    ...postgresProcess(layout),
    // Its own session, so that Ctrl-C in the terminal reaches us and not the database; a file, because a pipe dies with us.
    detached: true,
    stdio: ["ignore", output, output],
  });
  fs.closeSync(output);
  let reason: string | null = null;
  child.on("exit", (code, signal) => {
    reason = signal ? `ended by ${signal}` : `exit code ${code}`;
  });
  child.on("error", (error) => {
    reason = error.message;
  });
  child.unref();
  return {
    ended: () => reason,
    wasKeptOut: () => readFrom(layout.logFile, logStart).includes("pre-existing shared memory block"),
    async end() {
      if (reason === null && child.pid) await endsAfter(child.pid, "SIGINT", 3_000);
    },
  };
}

/** What was written after `start`, 10 kB of it at most. */
function readFrom(file: string, start: number): string {
  const descriptor = fs.openSync(file, "r");
  const text = Buffer.alloc(10_000);
  const length = fs.readSync(descriptor, text, 0, text.length, start);
  fs.closeSync(descriptor);
  return text.toString("utf8", 0, length);
}

/**
 * A left-over file whose pid now belongs to another program, or to a process that ended and that nobody waited for, keeps PostgreSQL from
 * starting. One whose process is gone altogether stays: with it PostgreSQL finds the sessions that outlived their server.
 */
function forgetForeignPids(...files: string[]): void {
  for (const file of files) {
    const pid = Number(readLines(file)[0]);
    if (pid && isAlive(pid) && !isPostgres(pid)) fs.rmSync(file, { force: true });
  }
}

function serverOptions(socketDir: string, fast: boolean): string[] {
  const options = {
    port: PORT,
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    shared_buffers: "128MB",
    // A batch of a burst writes 2 MB of log; with the default, 4 MB for two lanes, they would wait for each other.
    wal_buffers: "16MB",
    max_connections: MAX_CONNECTIONS,
    ...(fast ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  return Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Stops the server that runs on this cluster, if one does: politely for 3 s, then by ending its sessions; gives up waiting after 30 s more. */
export async function stopPostmaster(clusterDir: string, socketDir: string): Promise<void> {
  const pid = findPostmaster(clusterDir)?.pid;
  // A fast shutdown at once would log the sessions that are just closing as killed.
  if (pid && !(await endsAfter(pid, "SIGTERM", 3_000))) await endsAfter(pid, "SIGINT", 30_000);
  if (!pid || !isPostgres(pid)) fs.rmSync(socketDir, { recursive: true, force: true });
}
