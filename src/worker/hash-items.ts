import { setImmediate as nextTurn } from "node:timers/promises";
import { contentHash } from "@/collectors/content-hash";
import type { HashedItem } from "@/db/collected-items";
import type { CollectedItem } from "@/domain/item";

/** Nobody else in the process is kept waiting for longer by the items of one source. */
const MOST_AT_ONCE_MS = 10;

/** Items ready to be stored, in their order. A source may give thousands of large ones: everybody else has their turns in between. */
export async function hashItems(items: readonly CollectedItem[]): Promise<HashedItem[]> {
  const hashed: HashedItem[] = [];
  let began = performance.now();
  for (const item of items) {
    if (performance.now() - began > MOST_AT_ONCE_MS) {
      await nextTurn();
      began = performance.now();
    }
    hashed.push({ ...item, contentHash: contentHash(item) });
  }
  return hashed;
}
