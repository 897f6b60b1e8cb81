import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CollectError, isCollectError } from "@/collectors/collect-error";
import { createSandbox, type Sandbox } from "@/collectors/sandbox";
import { jsonApiConfigSchema } from "@/domain/source";
import { formatTable } from "@/format-table";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import type { HostileDocument } from "./hostile-document";
import { hostileDocuments } from "./hostile-documents";

const DEADLINE_MS = 500;
const ATTEMPTS = 3;
/** Messages repeat what the person typed, which may have 1,000 characters, and little of what the page says. */
const LONGEST_MESSAGE = 1_500;
/** They shall be read all the while, and not use up the machine. */
const BETWEEN_HEALTHY_MS = 20;
const never = new AbortController().signal;
const healthyFeed = { body: Buffer.from("<rss><channel><item><title>healthy</title></item></channel></rss>"), url: "https://healthy.example/", maxItems: 10 };

interface Reading {
  document: HostileDocument;
  ending: string;
  error?: CollectError;
  items: unknown[];
  durationMs: number;
}

let sandbox: Sandbox;
let readings: Reading[];
let healthyMs: number[];

/** A machine that is busy elsewhere may bring a document to the deadline which ends well before it; what always takes too long does so each time. */
async function read(document: HostileDocument): Promise<Reading> {
  let reading = await readOnce(document);
  for (let attempt = 1; attempt < ATTEMPTS && !isOfItsKind(reading); attempt++) reading = await readOnce(document);
  return reading;
}

const isOfItsKind = ({ document, ending }: Reading) => document.endings.some((known) => known === ending);

async function readOnce(document: HostileDocument): Promise<Reading> {
  const started = performance.now();
  const ended = () => ({ document, durationMs: performance.now() - started });
  try {
    const output = await sandbox.run(document.task, document.input, never, "hostile");
    return { ...ended(), ending: "read", items: "items" in output ? output.items : output.suggestions };
  } catch (error) {
    return isCollectError(error) ? { ...ended(), ending: error.code, error, items: [] } : { ...ended(), ending: String(error), items: [] };
  }
}

/** How long a healthy document of somebody else takes, again and again until the hostile ones are done with. */
async function readHealthyUntil(done: Promise<unknown>): Promise<number[]> {
  let going = true;
  void done.finally(() => {
    going = false;
  });
  const durations: number[] = [];
  while (going) {
    const started = performance.now();
    const { items } = await sandbox.run("feed", healthyFeed, never, "healthy");
    if (items[0]?.title !== "healthy") throw new Error("A healthy document was read wrongly.");
    durations.push(performance.now() - started);
    await pause(BETWEEN_HEALTHY_MS);
  }
  return durations;
}

function describeReadings(): string {
  const rows = readings.map(({ document, ending, durationMs }) => [
    document.name,
    ending === "read" ? "read, harmless" : ending,
    `${Math.round(durationMs)} ms`,
  ]);
  return formatTable([
    ["hostile documents", "ended by", "after"],
    ...rows,
    ["healthy ones beside them", "read", `${Math.round(Math.max(...healthyMs))} ms at the most`],
  ]);
}

beforeAll(async () => {
  sandbox = createSandbox({ childPath: await bundleSandboxChild(), size: 2, share: 1, deadlineMs: DEADLINE_MS });
  // The processes of both start.
  await Promise.all([sandbox.run("feed", healthyFeed, never, "healthy"), sandbox.run("feed", healthyFeed, never, "hostile")]);
  const reading = (async () => {
    const done: Reading[] = [];
    for (const document of hostileDocuments) done.push(await read(document));
    return done;
  })();
  healthyMs = await readHealthyUntil(reading);
  readings = await reading;
  process.stdout.write(`\n${describeReadings()}\n\n`);
}, 120_000);

afterAll(() => sandbox.close());

describe("hostile documents", () => {
  it("are read as harmless, or end in an error of the kind that they are", () => {
    const wrong = readings.filter((reading) => !isOfItsKind(reading));
    expect(wrong.map(({ document, ending }) => `${document.name}: ${ending}`)).toEqual([]);
  });

  it("end at the deadline of their process, if not before", () => {
    // Besides, a killed process is replaced, which takes a moment.
    expect(readings.filter(({ durationMs }) => durationMs > DEADLINE_MS + 2_000).map(({ document }) => document.name)).toEqual([]);
  });

  it("say so in a sentence that a person can read and a database can store", () => {
    const errors = readings.flatMap(({ error, document }) => (error ? [{ name: document.name, message: error.message }] : []));
    expect(errors.length).toBeGreaterThan(20);
    const isReadable = (message: string) => message.length <= LONGEST_MESSAGE && /^[A-Z].*\. .*\.$/.test(message) && !message.includes("\u0000");
    expect(errors.filter(({ message }) => !isReadable(message)).map(({ name, message }) => `${name}: ${message.slice(0, 200)}`)).toEqual([]);
  });

  it("poison no prototype, here or in the items that they give", () => {
    expect(Reflect.get({}, "isPoisoned")).toBeUndefined();
    const stored = JSON.stringify(readings.map(({ items }) => items.slice(0, 10)));
    expect(["__proto__", '"constructor"', '"prototype"'].filter((name) => stored.includes(`${name}:`) || stored.includes(`"${name}"`))).toEqual([]);
  });

  it("leave nothing behind in the process that read them", async () => {
    const config = jsonApiConfigSchema.parse({ fields: { poison: "$lookup($, 'isPoisoned')", own: "id" } });
    const { items } = await sandbox.run("json_page", { ...healthyFeed, body: Buffer.from('[{"id":1}]'), config }, never, "hostile");
    expect(items).toMatchObject([{ fields: { poison: null, own: 1 } }]);
  });

  it("hold up nobody else's: healthy ones are read all the while", () => {
    expect(healthyMs.length).toBeGreaterThan(100);
    expect(Math.max(...healthyMs)).toBeLessThan(DEADLINE_MS);
  });
});
