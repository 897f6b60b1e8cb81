import { setTimeout as sleep } from "node:timers/promises";
import { CollectError } from "@/collectors/collect-error";
import type { CollectedItem } from "@/domain/item";

/** What a source of a fault test does. It stands in its address, so that every process does the same with it. */
export interface SourceScript {
  /** Items with the keys 1, 2, … */
  items?: number;
  /** How long the site takes to answer. */
  delayMs?: number;
  /** The collector pays no attention when it is told to stop. */
  deaf?: boolean;
  /** Collecting it ends the whole process. */
  aborts?: boolean;
}

const DEFAULT_ITEMS = 3;

/** The address of a source that does this; the name tells sources apart. */
export function scriptedUrl(name: string, script: SourceScript = {}): string {
  return `https://${name}.example/?${encodeURIComponent(JSON.stringify(script))}`;
}

function scriptOf(url: string): SourceScript {
  return JSON.parse(decodeURIComponent(new URL(url).search.slice(1))) as SourceScript;
}

/** The keys of all items that a source gives. */
export function keysOf(url: string): string[] {
  return Array.from({ length: scriptOf(url).items ?? DEFAULT_ITEMS }, (_, index) => String(index + 1));
}

/** Collects a scripted source; each item says who collected it. */
export async function collectScripted(url: string, collectedBy: string, signal: AbortSignal): Promise<CollectedItem[]> {
  const { delayMs = 0, deaf, aborts } = scriptOf(url);
  if (aborts) process.abort();
  await sleep(delayMs, undefined, deaf ? {} : { signal }).catch(() => {
    throw new CollectError("cancelled", "Collecting was stopped.");
  });
  return keysOf(url).map((key) => ({ key, title: key, fields: { collectedBy } }));
}
