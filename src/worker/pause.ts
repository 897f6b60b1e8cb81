import { setTimeout as sleep } from "node:timers/promises";
import type { Wait } from "@/db/transient";

/** Waits by the real clock. */
export const pause: Wait = async (ms, signal) => {
  // The only way in which a sleep fails is that it is cut short, and that is an end of the wait like any other.
  await sleep(ms, undefined, { signal }).catch(() => {});
};
