import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { isCollectError } from "@/collectors/collect-error";
import { createPageFetcher, type FetchLimits } from "@/collectors/fetch-page";
import type { MeasuredFetch, Measurement } from "./measured-fetch";

// Runs as a process of its own, so that what is measured is the fetcher and not the site: fetches what it is told to and says what that took.

const SAMPLE_MS = 5;

const limits: Partial<FetchLimits> = { deadlineMs: Number(process.argv[3]) };
const policy = { allowCidrs: ["127.0.0.0/8"], allowPorts: [Number(process.argv[2])], allowPrefixes: [] };
const guarded = createPageFetcher({ policy, userAgent: "Milkrun attacks", limits });
const unlimited = createPageFetcher({ policy, userAgent: "Milkrun attacks", limits: { ...limits, maxWireBytes: Infinity, maxDecodedBytes: Infinity } });

async function fetchOnce({ url, withoutCaps }: MeasuredFetch): Promise<Pick<Measurement, "ending" | "message">> {
  const { fetchPage } = withoutCaps ? unlimited : guarded;
  try {
    await fetchPage(url, { signal: new AbortController().signal });
    return { ending: "answered", message: "" };
  } catch (error) {
    return { ending: isCollectError(error) ? error.code : String(error), message: error instanceof Error ? error.message : "" };
  }
}

async function measure(task: MeasuredFetch): Promise<Measurement> {
  globalThis.gc?.();
  const delay = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  const before = readMemory();
  let grownBytes = 0;
  const look = () => {
    const now = readMemory();
    grownBytes = Math.max(grownBytes, now.held - before.held, now.resident - before.resident);
  };
  const timer = setInterval(look, SAMPLE_MS);
  delay.enable();
  // A delay is the time between two looks: there must have been one.
  await sleep(2 * SAMPLE_MS);
  const started = performance.now();
  const { ending, message } = await fetchOnce(task);
  const durationMs = performance.now() - started;
  if (task.thenBlockMs) block(task.thenBlockMs);
  look();
  // The delay of the last turn is known in the one after it.
  await sleep(2 * SAMPLE_MS);
  delay.disable();
  clearInterval(timer);
  return { ending, message, durationMs, grownBytes, delayMs: Math.max(0, delay.max / 1e6 - SAMPLE_MS) };
}

/** What is in use, and what the system has given: a process that was larger before grows within what it kept. */
function readMemory(): { held: number; resident: number } {
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
}

function block(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

process.on("message", async (task: MeasuredFetch) => process.send?.(await measure(task)));
process.on("disconnect", () => process.exit(0));
