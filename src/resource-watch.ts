import v8 from "node:v8";
import type { Logger } from "@/log/logger";
import { type DescriptorUse, readDescriptorLimit, readDescriptorUse } from "./descriptors";

const LOOK_MS = 500;
const DESCRIPTOR_SHARE = 0.9;
/** Below the 80 % from which V8 may give up: when it collects most of the time and hardly finds anything (`IsIneffectiveMarkCompact`). */
const HEAP_SHARE = 0.75;
/** Three times --max-semi-space-size, by default. */
const YOUNG_BYTES = 3 * 16 * 2 ** 20;
/** A loop that stood still for this long made requests wait that somebody has given up on. */
const STALL_MS = 5_000;
/** After a stall work is handed elsewhere for a while: what caused it is often not over, and nobody could be told during it. */
const AFTER_STALL_MS = 10_000;

/** What one look found. */
export interface ResourceReadings {
  /** Null where the system does not say. */
  descriptors: DescriptorUse | null;
  heap: { usedBytes: number; limitBytes: number };
  /** The longest that the event loop stood still within the last 10 seconds, in milliseconds. */
  stalledMs: number;
}

export interface ResourceWatch {
  start(): void;
  stop(): void;
  /** What this process is short of, in words for the log; null when it has enough of everything. */
  shortage(): string | null;
  /** The same, of what more work would take more of. A process that just stood still may be short of nothing. */
  exhaustion(): string | null;
}

/** Decides what a process is short of. */
export function findShortage({ descriptors, heap, stalledMs }: ResourceReadings): string | null {
  if (descriptors && descriptors.used >= descriptors.limit * DESCRIPTOR_SHARE) {
    return `${descriptors.used} of ${descriptors.limit} files and sockets are open: raise the limit (ulimit -n), or lower the load.`;
  }
  if (heap.usedBytes >= heap.limitBytes * HEAP_SHARE) {
    return `${megabytes(heap.usedBytes)} of ${megabytes(heap.limitBytes)} MB of memory are used: give Node more (NODE_OPTIONS=--max-old-space-size), or lower the load.`;
  }
  if (stalledMs > STALL_MS) return `The process stood still for ${Math.round(stalledMs / 1_000)} s: it, or its machine, has too much to do.`;
  return null;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

type Readings = Omit<ResourceReadings, "stalledMs">;

/** V8's limit includes room for young objects, which old ones may not use: a small heap would be full at half of it. */
function readHeap(): ResourceReadings["heap"] {
  const young = v8.getHeapSpaceStatistics().filter(({ space_name: name }) => name.startsWith("new_"));
  const { used_heap_size: used, heap_size_limit: limit } = v8.getHeapStatistics();
  return { usedBytes: young.reduce((rest, { space_used_size: size }) => rest - size, used), limitBytes: limit - YOUNG_BYTES };
}

function createReader(): () => Readings {
  const descriptorLimit = readDescriptorLimit();
  return () => ({ descriptors: readDescriptorUse(descriptorLimit), heap: readHeap() });
}

/**
 * Looks twice a second at what this process uses, and logs when something runs short and when it no longer does.
 * @param options.read What is looked at besides the event loop; for tests.
 */
export function createResourceWatch(options: { log: Logger; read?: () => Readings }): ResourceWatch {
  const { log, read = createReader() } = options;
  let timer: NodeJS.Timeout | undefined;
  let shortage: string | null = null;
  let exhaustion: string | null = null;
  let lookedAt = 0;
  let stall = { ms: 0, endedAt: Number.NEGATIVE_INFINITY };

  function look() {
    const now = performance.now();
    const lateMs = now - lookedAt - LOOK_MS;
    lookedAt = now;
    if (now - stall.endedAt > AFTER_STALL_MS || lateMs > stall.ms) stall = { ms: lateMs, endedAt: now };
    const readings = read();
    exhaustion = findShortage({ ...readings, stalledMs: 0 });
    judge(findShortage({ ...readings, stalledMs: stall.ms }));
  }

  function judge(found: string | null) {
    if (found !== null && shortage === null) log.warn(found);
    if (found === null && shortage !== null) log.info("there is enough of everything again");
    shortage = found;
  }

  return {
    start() {
      lookedAt = performance.now();
      timer = setInterval(look, LOOK_MS).unref();
    },
    stop: () => clearInterval(timer),
    shortage: () => shortage,
    exhaustion: () => exhaustion,
  };
}
