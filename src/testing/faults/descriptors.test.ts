import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bundle } from "@/testing/bundle";

/**
 * The health answers of a process without pages, with or without the cap on connections. /metrics says whether it can still open what
 * it needs for its work. Says its port when it listens.
 */
const PROGRAM = `
  import fs from "node:fs";
  import pino from "pino";
  import { createHealthListener } from "@/health-listener";
  import { listen } from "@/http-server";
  import { createReadiness } from "@/readiness";
  import { createResourceWatch } from "@/resource-watch";

  function work() {
    const files = [];
    try {
      while (files.length < 50) files.push(fs.openSync("/dev/null"));
      return "room";
    } catch (error) {
      return error.code;
    } finally {
      for (const file of files) fs.closeSync(file);
    }
  }

  const log = pino({ level: "silent" });
  const watch = createResourceWatch({ log });
  watch.start();
  const isReady = createReadiness({ db: { now: async () => new Date(0) }, log, shortage: watch.shortage, isStopping: () => false });
  const server = await listen(createHealthListener({ isReady, metrics: (_request, response) => response.end(work()) }), 0, "127.0.0.1");
  if (process.argv[2] === "uncapped") server.maxConnections = Infinity;
  process.stdout.write(server.address().port + "\\n");`;

const LIMIT = 256;
const AGAIN = { timeout: 20_000, interval: 100 };

let program: string;
let child: ChildProcess;
let open: net.Socket[] = [];

beforeAll(async () => {
  program = await bundle("faults-descriptors", PROGRAM);
});

afterEach(() => {
  closeAll();
  child.kill("SIGKILL");
});

async function start(cap: "capped" | "uncapped"): Promise<number> {
  child = spawn("bash", ["-c", `ulimit -n ${LIMIT}; exec "$0" "$@"`, process.execPath, program, cap], { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return Number(line.toString());
}

/** Connections that say nothing, more than the process may have descriptors. Resolves when none is on its way any more. */
async function flood(port: number): Promise<void> {
  await Promise.all(
    Array.from({ length: LIMIT + 50 }, async () => {
      const socket = net.connect(port, "127.0.0.1");
      socket.on("error", () => {});
      open.push(socket);
      await once(socket, "connect").catch(() => {});
    }),
  );
}

function closeAll(): void {
  for (const socket of open) socket.destroy();
  open = [];
}

/** The status of a readiness probe; null when the connection is refused or cut. */
async function probe(port: number): Promise<number | null> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: "close" }, signal: AbortSignal.timeout(2_000) }).catch(() => null);
  return answer?.status ?? null;
}

const lives = () => child.exitCode === null && child.signalCode === null;

/** Asks on a connection that was made before the flood, which needs no new descriptor. Resolves with the whole answer. */
async function ask(socket: net.Socket, path: string): Promise<string> {
  const answered = once(socket, "data", { signal: AbortSignal.timeout(2_000) });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  const [answer] = (await answered) as [Buffer];
  return answer.toString();
}

async function connectEarly(port: number): Promise<net.Socket> {
  const socket = net.connect(port, "127.0.0.1");
  await once(socket, "connect");
  open.push(socket);
  return socket;
}

describe.runIf(process.platform === "linux")("a process flooded with connections", () => {
  test("refuses those above its cap, keeps room for its work, and lets others in when they are gone", async () => {
    const port = await start("capped");
    expect(await probe(port)).toBe(200);
    const early = await connectEarly(port);
    await flood(port);
    await vi.waitFor(async () => expect(await probe(port)).not.toBe(200), AGAIN);
    expect(await ask(early, "/metrics")).toContain("room");
    closeAll();
    await vi.waitFor(async () => expect(await probe(port)).toBe(200), AGAIN);
    expect(lives()).toBe(true);
  });

  test("ends those that say nothing, so that others get in again", { timeout: 60_000 }, async () => {
    const port = await start("capped");
    await flood(port);
    await vi.waitFor(async () => expect(await probe(port)).not.toBe(200), AGAIN);
    await vi.waitFor(async () => expect(await probe(port)).toBe(200), { timeout: 40_000, interval: 250 });
  });

  test("without its cap can open nothing any more; it says that it is not ready, and lives", async () => {
    const port = await start("uncapped");
    const early = await connectEarly(port);
    await flood(port);
    await vi.waitFor(async () => expect(await ask(early, "/readyz")).toContain("503"), AGAIN);
    expect(await ask(early, "/metrics")).toContain("EMFILE");
    closeAll();
    await vi.waitFor(async () => expect(await probe(port)).toBe(200), AGAIN);
    expect(lives()).toBe(true);
  });
});
