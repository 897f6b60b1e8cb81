import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/db/client";
import { writeItemWords } from "@/db/item-search";
import type { Logger } from "@/log/logger";

/** Between two batches, so that a large import leaves the database time for others. */
const REST_MS = 20;
const ROUND_MS = 2_000;

interface WordWriterOptions {
  db: Database;
  log: Logger;
  /** From the end of a round to the next. In milliseconds, 2 seconds unless told. */
  everyMs?: number;
}

/** Puts the words of new and changed items into the index of the search, soon after they came. Any number of processes may do so: one does at a time. */
export function createWordWriter({ db, log, everyMs = ROUND_MS }: WordWriterOptions): { start(): void; stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let rounds = Promise.resolve();

  async function writeAll() {
    while (!signal.aborted && (await db.withSystem(writeItemWords)) !== null) await rest(REST_MS);
  }

  const rest = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});

  async function goRound() {
    while (!signal.aborted) {
      await writeAll().catch((error: unknown) => {
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, "the index of the search could not be written, it will be tried again");
      });
      await rest(everyMs);
    }
  }

  return {
    start() {
      rounds = goRound();
    },
    async stop() {
      stopping.abort();
      await rounds;
    },
  };
}
