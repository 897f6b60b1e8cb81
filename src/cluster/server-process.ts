import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { StartError } from "@/config/start-error";

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One Milkrun process that this one started. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it serves. Rejects with StartError when it ends before. */
  readonly ready: Promise<void>;
  readonly exited: Promise<Exit>;
  /** Without effect once it has ended. */
  signal(name: NodeJS.Signals): void;
}

interface ServerProcessOptions {
  /** The server's file. */
  program: string;
  /** All of its environment. */
  variables: Record<string, string | undefined>;
  /** Called with each line that it says. */
  onLine(line: string): void;
}

/** What a server says once it serves. */
const READY = /^Milkrun is ready: /;

/** Starts a server that ends itself soon after this process is gone, however that ends. */
export function spawnServer({ program, variables, onLine }: ServerProcessOptions): ServerProcess {
  const child = spawn(process.execPath, [program], {
    // It watches its parent as it does under npm.
    env: { ...variables, NODE_ENV: "production", npm_lifecycle_event: "cluster" },
    stdio: ["ignore", "pipe", "pipe"],
    // Its own group: Ctrl-C in the terminal reaches us alone, and we stop it in its turn.
    detached: true,
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  const ready = waitUntilReady(child, exited, onLine);
  ready.catch(() => {}); // whoever cares awaits it
  return { pid: child.pid ?? 0, ready, exited, signal: (name) => void child.kill(name) };
}

function waitUntilReady(child: ChildProcess, exited: Promise<Exit>, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        onLine(line);
        if (READY.test(line)) resolve();
      });
    }
    void exited.then((exit) => reject(new StartError(`It ended before it was ready (${describeExit(exit)}).`)));
  });
}

/** How a process ended, for people. */
export function describeExit({ code, signal }: Exit): string {
  if (signal) return `ended by ${signal}`;
  return code === null ? "it could not be started" : `exit code ${code}`;
}
