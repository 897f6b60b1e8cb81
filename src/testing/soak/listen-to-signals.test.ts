import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle } from "@/testing/bundle";

let program: string;

beforeAll(async () => {
  program = await bundle(
    "listen-to-signals",
    `import { listenToSignals } from "@/testing/soak/listen-to-signals";
     const { enoughFaults, enough } = listenToSignals(0);
     const say = (text) => process.stdout.write(text + "\\n");
     enoughFaults.addEventListener("abort", () => say("no more faults"));
     enough.catch((error) => { say("stop: " + error.message); process.exit(0); });
     setInterval(() => {}, 1000);
     say("soaking");`,
  );
});

/** Sends a signal after each line that is said. */
async function say(...signals: NodeJS.Signals[]) {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"], env: { PATH: process.env.PATH, NODE_ENV: "test" } });
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)));
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const next = signals.shift();
    if (next) child.kill(next);
  }
  return { said, ended: await ended };
}

describe("a soak ends what it started", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s ends the faults, and a second one all of it", async (signal) => {
    const { said, ended } = await say(signal, signal);
    expect(said).toEqual(["soaking", "no more faults", "stop: The soak was ended before its end: nothing was found out."]);
    expect(ended).toBe(0);
  });

  test("when the terminal is closed", async () => {
    const { said, ended } = await say("SIGHUP");
    expect(said).toEqual(["soaking", "stop: The terminal was closed."]);
    expect(ended).toBe(0);
  });
});
