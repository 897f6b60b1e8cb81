import type { Collection } from "@/collectors/collector";
import type { CollectedItem } from "@/domain/item";
import type { Reading } from "@/domain/source-reading";

/** A reading that tells nothing to the next one. */
export const NO_READING: Reading = { readAs: "nobody", pages: null, pace: {} };

/** What a source gives that was read whole. */
export function scriptedCollection(url: string, items: CollectedItem[]): Collection {
  const about = { httpStatus: 200, wireBytes: 10, finalUrl: url, pages: 1, truncated: false, isWhole: true };
  return { ...about, outcome: "collected", items, fieldFill: {}, reading: NO_READING };
}
