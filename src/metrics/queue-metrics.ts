import { Gauge, type Registry } from "prom-client";
import type { Database } from "@/db/client";
import { type QueueDepth, readQueueDepth } from "@/db/system-facts";
import type { Clock } from "@/domain/clock";

const FRESH_MS = 5_000;
const ANSWER_WITHIN_MS = 2_000;

/** Reads the queue when it is asked for. While the database does not answer the values are absent: old ones would look well. */
export function registerQueue(registry: Registry, db: Pick<Database, "withSystem">, monotonicMs: Clock["monotonicMs"]): void {
  const read = shareReading(() => db.withSystem(readQueueDepth), monotonicMs);
  const registers = [registry];
  new Gauge({
    name: "milkrun_queue_runs",
    help: "Runs of the whole installation that wait for a worker or are worked on. Every process reports the same.",
    labelNames: ["status"],
    registers,
    async collect() {
      const depth = await read();
      this.reset();
      if (!depth) return;
      this.set({ status: "queued" }, depth.queuedRuns);
      this.set({ status: "running" }, depth.runningRuns);
    },
  });
  new Gauge({
    name: "milkrun_queue_longest_wait_seconds",
    help: "How long the run that has waited longest for a worker has waited; 0 when none waits. Every process reports the same.",
    registers,
    async collect() {
      const depth = await read();
      if (depth) this.set((depth.longestWaitMs ?? 0) / 1000);
      else this.remove();
    },
  });
}

/** One query at a time, whoever asks, and none within 5 s of the last answer. Null when there is no answer within 2 s. */
function shareReading(ask: () => Promise<QueueDepth>, monotonicMs: Clock["monotonicMs"]): () => Promise<QueueDepth | null> {
  let last: { depth: QueueDepth; atMs: number } | null = null;
  let asking: Promise<QueueDepth | null> | null = null;

  async function askOnce(): Promise<QueueDepth | null> {
    try {
      const depth = await ask();
      last = { depth, atMs: monotonicMs() };
      return depth;
    } catch {
      return null;
    } finally {
      asking = null;
    }
  }

  return () => {
    if (last && monotonicMs() - last.atMs < FRESH_MS) return Promise.resolve(last.depth);
    asking ??= askOnce();
    return withinTime(asking);
  };
}

async function withinTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
