import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import type { ExportFormat } from "@/domain/item-export";
import { bundle } from "@/testing/bundle";

const execute = promisify(execFile);

/**
 * Writes a file of items of which every text and number is another one, and says what that left behind for each of them: in V8's space for
 * what lives long, before that is gone through, and in all of the memory, after.
 */
const PROGRAM = `
  import { PerformanceObserver, constants } from "node:perf_hooks";
  import { setImmediate as turn } from "node:timers/promises";
  import v8 from "node:v8";
  import { itemExportQuerySchema } from "@/domain/item-export";
  import { writeExportFile } from "@/files/export-file";

  const [format, fault] = process.argv.slice(2);
  const [ITEMS, AT_ONCE] = [20_000, 500];
  const kept = [];

  // Nothing here may do what is measured: toString(36) and JSON.stringify leave nothing behind.
  const text = (nth) => (1_000_000 + nth).toString(36);
  const instant = (nth) => new Date(1.8e12 + nth * 1_234).toISOString();
  const lineOf = (nth) => JSON.stringify({
    id: text(nth), sourceId: "0198f2c0-0000-7000-8000-000000000001", sourceName: "Dairy", key: text(7 * nth), title: "Fresh milk " + text(nth),
    url: "https://example.org/" + text(nth), publishedAt: instant(nth), state: "new", timesSeen: nth, firstSeenAt: instant(3 * nth),
    lastSeenAt: instant(5 * nth), lastChangedAt: instant(7 * nth), fields: { price: nth / 7, stock: nth, number: text(11 * nth), note: "=" + text(13 * nth), isNew: true },
  });

  async function* batches(from, count) {
    for (let nth = from; nth < from + count; nth += AT_ONCE) {
      const lines = Array.from({ length: AT_ONCE }, (_, at) => lineOf(nth + at));
      if (fault === "collects") kept.push(...lines);
      if (fault === "leaves") for (const line of lines) kept[0] = JSON.parse(line);
      yield lines;
    }
  }

  async function write(from, count) {
    const query = itemExportQuerySchema.parse({ format });
    let bytes = 0;
    for await (const piece of writeExportFile(query, ["isNew", "note", "number", "price", "stock"], batches(from, count))) bytes += piece.length;
    return bytes;
  }

  let wholeLooks = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) wholeLooks++;
  });
  const oldBytes = () => v8.getHeapSpaceStatistics().find((space) => space.space_name === "old_space").space_used_size;
  const allBytes = () => process.memoryUsage().heapUsed + process.memoryUsage().external;

  await write(0, 10_000);
  globalThis.gc();
  await turn();
  globalThis.gc();
  observer.observe({ entryTypes: ["gc"] });
  const before = allBytes();
  const bytes = await write(10_000, ITEMS);
  const old = oldBytes();
  await turn();
  observer.disconnect();
  // Twice, as buffers are given back in between.
  globalThis.gc();
  await turn();
  globalThis.gc();
  const per = (bytes) => bytes / ITEMS;
  process.stdout.write(JSON.stringify({ bytes, wholeLooks, leaves: per(old - oldBytes()), keeps: per(allBytes() - before) }));
  kept.length = 0;`;

/** Bytes: the shortest text takes as much. Less for each item is no text for most of them. */
const SHORTEST_TEXT = 24;
/** Bytes. What the program itself still needed stays, which is some of that; a line takes 500. */
const FIFTH_OF_LINE = 100;

interface Left {
  /** Written to the file. */
  bytes: number;
  /** How often V8 went through all of its memory meanwhile, which would hide what was left behind. */
  wholeLooks: number;
  /** Bytes an item in the space for what lives long that nobody holds. */
  leaves: number;
  /** Bytes an item that somebody holds. */
  keeps: number;
}

let program: string;

beforeAll(async () => {
  program = await bundle("files-export-memory", PROGRAM);
});

/** @param fault What the program does besides with each item. */
async function write(format: ExportFormat, fault: "none" | "collects" | "leaves" = "none"): Promise<Left> {
  const { stdout } = await execute(process.execPath, ["--expose-gc", "--min-semi-space-size=16", program, format, fault]);
  return JSON.parse(stdout) as Left;
}

test.concurrent.each(["csv", "xlsx"] as const)("a file of %s keeps none of its items, and leaves nothing of them behind", async (format) => {
  const { bytes, wholeLooks, leaves, keeps } = await write(format);
  expect(bytes).toBeGreaterThan(1_000_000);
  expect(wholeLooks).toBe(0);
  expect(leaves).toBeLessThan(SHORTEST_TEXT);
  expect(keeps).toBeLessThan(FIFTH_OF_LINE);
});

test.concurrent("who collects the items is seen to keep them", async () => {
  const { keeps } = await write("json", "collects");
  expect(keeps).toBeGreaterThan(2 * FIFTH_OF_LINE);
});

test.concurrent("who reads them by JSON.parse is seen to leave their short texts behind, though nobody keeps them", async () => {
  const { leaves, keeps } = await write("json", "leaves");
  expect(leaves).toBeGreaterThan(2 * SHORTEST_TEXT);
  expect(keeps).toBeLessThan(FIFTH_OF_LINE);
});
