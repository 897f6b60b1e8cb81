import type { Database } from "@/db/client";
import { findTimeZoneData, storeTimeZoneData } from "@/db/time-zone-data";
import type { Logger } from "@/log/logger";
import { recomputeSlots } from "./recompute-slots";

const DAILY_MS = 24 * 3_600_000;
const RETRY_MS = 60_000;

interface SlotKeeperOptions {
  db: Database;
  log: Logger;
  /** Called when stored slots were corrected: some may be due already. */
  onCorrected: () => void;
  /** Version of the time zone data that this process computes with. */
  timeZoneData?: string;
}

export interface SlotKeeper {
  /** Resolves when the first look is over, whatever came of it. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps the stored next slots in agreement with the zone rules: goes through all of them in the background when the time zone data is
 * not what they were computed with, and once a day. The clock does not wait for it: a slot that is due is computed when it is dispatched.
 */
export function createSlotKeeper(options: SlotKeeperOptions): SlotKeeper {
  const { db, log, onCorrected, timeZoneData = process.versions.tz ?? "unknown" } = options;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();

  async function recompute() {
    const corrected = await recomputeSlots(db, stopping.signal);
    if (stopping.signal.aborted) return;
    await db.withSystem((tx) => storeTimeZoneData(tx, timeZoneData));
    if (corrected === 0) return;
    log.info({ corrected }, "next slots were corrected");
    onCorrected();
  }

  async function recomputeWhereNeeded() {
    if ((await db.withSystem(findTimeZoneData)) !== timeZoneData) await recompute();
  }

  function begin(work: () => Promise<void>): Promise<void> {
    working = work().then(
      () => again(DAILY_MS, recompute),
      (error: Error) => {
        log.warn({ reason: error.message }, "the next slots could not be checked against the time zone data, trying again in a minute");
        again(RETRY_MS, work);
      },
    );
    return working;
  }

  function again(ms: number, work: () => Promise<void>) {
    if (!stopping.signal.aborted) timer = setTimeout(() => void begin(work), ms);
  }

  return {
    start: () => begin(recomputeWhereNeeded),
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await working;
    },
  };
}
