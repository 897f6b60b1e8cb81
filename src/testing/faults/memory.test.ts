import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { bundle } from "@/testing/bundle";

/** Fills its memory a little at a time until it is told that it is short of it, or for ever. Says what it is told. */
const PROGRAM = `
  import { setTimeout as sleep } from "node:timers/promises";
  import v8 from "node:v8";
  import pino from "pino";
  import { createReadiness } from "@/readiness";
  import { createResourceWatch } from "@/resource-watch";

  const log = pino({ level: "silent" });
  const watch = createResourceWatch({ log });
  watch.start();
  const isReady = createReadiness({ db: { now: async () => new Date(0) }, log, shortage: watch.shortage, isStopping: () => false });
  const heeds = process.argv[2] === "heeds";
  const say = (word) => process.stdout.write(word + "\\n");

  say((await isReady()) ? "ready" : "not ready");
  // Slowly where it counts: the process looks twice a second, and on a busy machine less often.
  const pace = () => (v8.getHeapStatistics().used_heap_size < 60e6 ? 3000 : 300);
  let kept = [];
  for (let said = false; !(said && heeds); ) {
    // In small pieces: one array of all would ask for megabytes at once when it grows.
    kept.push(Array.from({ length: pace() }, (_, nth) => ({ text: "item " + kept.length + " " + nth })));
    await sleep(10);
    if (!said && !(await isReady())) said = say("not ready: " + watch.shortage());
  }
  kept = [];
  globalThis.gc();
  while (!(await isReady())) await sleep(50);
  say("ready");
  watch.stop();`;

let program: string;

beforeAll(async () => {
  program = await bundle("faults-memory", PROGRAM);
});

/** What a process with little memory says, and how it ends. */
async function fill(manner: "heeds" | "ignores"): Promise<{ said: string[]; code: number | null }> {
  const child = spawn(process.execPath, ["--expose-gc", "--max-old-space-size=96", program, manner], { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { said: output.trim().split("\n"), code };
}

test.concurrent("a process whose memory runs out is not ready before it does, and is ready again when there is memory", { timeout: 90_000 }, async () => {
  const { said, code } = await fill("heeds");
  expect(said).toEqual(["ready", expect.stringMatching(/^not ready: \d\d of 101 MB of memory are used/), "ready"]);
  expect(code).toBe(0);
});

test.concurrent("one that goes on all the same comes to its end after it has said so", { timeout: 90_000 }, async () => {
  const { said, code } = await fill("ignores");
  expect(said).toEqual(["ready", expect.stringMatching(/^not ready/)]);
  expect(code).not.toBe(0);
});
