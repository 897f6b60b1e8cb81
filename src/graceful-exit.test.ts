import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle } from "@/testing/bundle";

/** Steps of a start: each says what it does, goes on until the signal comes where it is told so, and is undone in words, or for ever. */
const PROGRAM = `
  import { once } from "node:events";
  import pino from "pino";
  import { createGracefulExit, exitOnSignals } from "@/graceful-exit";
  const log = pino({ level: "silent" });
  const life = createGracefulExit(log);
  exitOnSignals(life, log, Number(process.argv[3]) || undefined);
  const say = (text) => process.stdout.write(text + "\\n");
  const steps = JSON.parse(process.argv[2]);
  // To wait for a signal keeps no process.
  setInterval(() => {}, 1000);
  await life.start(async () => {
    for (const { name, until, fails, undoneOn, undoHangs } of steps) {
      say("begin " + name);
      if (until) await once(process, until);
      if (fails) throw new Error(name + " failed");
      life.onExit(async () => {
        say("undo " + name);
        if (undoneOn) await once(process, undoneOn);
        if (undoHangs) await new Promise(() => {});
      });
    }
    say("started");
  });`;

interface Step {
  name: string;
  /** Goes on until this signal has come. */
  until?: NodeJS.Signals;
  fails?: boolean;
  /** Is undone when this signal has come. */
  undoneOn?: NodeJS.Signals;
  undoHangs?: boolean;
}

let program: string;

beforeAll(async () => {
  program = await bundle("graceful-exit", PROGRAM);
});

/** Runs the steps and sends each signal when its line is said. Returns what was said and how it ended. */
async function run(steps: Step[], signals: Record<string, NodeJS.Signals> = {}, sameWishMs?: number) {
  const child = spawn(process.execPath, [program, JSON.stringify(steps), String(sameWishMs ?? "")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, NODE_ENV: "test" },
  });
  const said: string[] = [];
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    said.push(line);
    const signal = signals[line];
    if (signal) child.kill(signal);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { said, code, errors };
}

describe("a process that is asked to stop", () => {
  test("undoes its start in reverse and ends with 0", async () => {
    const { said, code } = await run([{ name: "database" }, { name: "server" }], { started: "SIGTERM" });
    expect(said).toEqual(["begin database", "begin server", "started", "undo server", "undo database"]);
    expect(code).toBe(0);
  });

  test("during its start finishes the step under way, begins no other and undoes what was done", async () => {
    const { said, code, errors } = await run([{ name: "database", until: "SIGTERM" }, { name: "server" }], { "begin database": "SIGTERM" });
    expect(said).toEqual(["begin database", "undo database"]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  });

  test("does not complain of a step that fails meanwhile", async () => {
    const { said, code, errors } = await run([{ name: "database" }, { name: "server", until: "SIGINT", fails: true }], { "begin server": "SIGINT" });
    expect(said).toEqual(["begin database", "begin server", "undo database"]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  });

  test("a second time ends at once", async () => {
    const steps = [{ name: "database" }, { name: "server", undoHangs: true }];
    const { said, code } = await run(steps, { started: "SIGTERM", "undo server": "SIGTERM" }, Number.MIN_VALUE);
    expect(said.at(-1)).toBe("undo server");
    expect(code).toBe(1);
  });

  test.each(["SIGTERM", "SIGHUP"] as const)("by a signal and %s right behind it, as a closed terminal does, stops as if it was asked once", async (second) => {
    const { said, code } = await run([{ name: "database" }, { name: "server", undoneOn: second }], { started: "SIGHUP", "undo server": second });
    expect(said).toEqual(["begin database", "begin server", "started", "undo server", "undo database"]);
    expect(code).toBe(0);
  });
});

test("a start that fails is undone, says why and ends with 1", async () => {
  const { said, code, errors } = await run([{ name: "database" }, { name: "server", fails: true }]);
  expect(said).toEqual(["begin database", "begin server", "undo database"]);
  expect(errors).toContain("Milkrun could not start: Error: server failed");
  expect(code).toBe(1);
});
