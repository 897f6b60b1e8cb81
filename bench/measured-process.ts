import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

/** Where `scripts/bench.mjs` puts the bundles of `bench/children` and `bench/peers`. */
const BUNDLES = "node_modules/.cache/milkrun-bench";
const LOOK_MS = 100;
const LOG_KEPT = 2_000;

/** A process of its own, so that its memory and its event loop are nobody else's. */
export interface MeasuredProcess {
  pid: number;
  /** The next message that has this key. Fails with what the process wrote to its log when it ends or is silent for too long. */
  expect<T>(key: keyof T & string, withinMs: number): Promise<T>;
  /** As `expect`, or null as soon as nobody needs the message any more. */
  expectUnless<T>(isNeedless: () => boolean, key: keyof T & string, withinMs: number): Promise<T | null>;
  tell(message: object): void;
  kill(): Promise<void>;
}

/** Starts a bundled program with its specification. It sees the checkout and no settings of the person's shell. */
export function startNode(program: string, specification: object, flags: readonly string[] = []): MeasuredProcess {
  return startProcess([process.execPath, "--expose-gc", ...flags, path.join(BUNDLES, `${program}.mjs`)], specification);
}

/** @param command A program by its full path, and its arguments. */
export function startProcess([program = "", ...args]: readonly string[], specification: object): MeasuredProcess {
  const env = { NODE_ENV: "production", TZ: "UTC" } as const;
  const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const inbox = new Inbox(child);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const tell = (message: object) => void child.stdin.write(`${JSON.stringify(message)}\n`);
  // A process that is gone hears nothing; that it is gone is told by `expect`.
  child.stdin.on("error", () => {});
  tell(specification);
  return {
    pid: child.pid ?? 0,
    async expect<T>(key: keyof T & string, withinMs: number) {
      return (await inbox.expectUnless<T>(() => false, key, withinMs)) as T;
    },
    expectUnless: (isNeedless, key, withinMs) => inbox.expectUnless(isNeedless, key, withinMs),
    tell,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** What a process said and nobody has read yet. */
class Inbox {
  readonly #messages: Record<string, unknown>[] = [];
  #log = "";
  #over: string | undefined;
  #wake = () => {};

  constructor(child: ChildProcessWithoutNullStreams) {
    child.stderr.on("data", (chunk) => {
      this.#log = `${this.#log}${chunk}`.slice(-LOG_KEPT);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.#messages.push(JSON.parse(line) as Record<string, unknown>);
      this.#wake();
    });
    child.on("error", (error) => this.#end(error.message));
    child.on("close", (code, signal) => this.#end(`ended with ${signal ?? code}`));
  }

  async expectUnless<T>(isNeedless: () => boolean, key: keyof T & string, withinMs: number): Promise<T | null> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const index = this.#messages.findIndex((message) => key in message);
      if (index >= 0) return this.#messages.splice(index, 1)[0] as T;
      if (isNeedless()) return null;
      if (this.#over !== undefined) throw new Error(`The measured process ${this.#over}. ${this.#log}`);
      if (performance.now() > deadline) throw new Error(`The measured process did not say "${key}" within ${Math.round(withinMs / 1000)} s. ${this.#log}`);
      await this.#change();
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, LOOK_MS);
    });
  }

  #end(reason: string) {
    this.#over ??= reason;
    this.#wake();
  }
}
