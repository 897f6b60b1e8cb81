import { formatCount } from "@/ui/display/count";
import type { ItemView } from "./item-filter";

export const ITEM_STATE_WORDS = { new: "New", changed: "Changed", gone: "Gone" } as const;

export const SOURCE_HEALTH_WORDS = { failing: "Failing", working: "Working" } as const;

/** "12,480 items match", "10,000+ items"; `total` is null where it was not counted to the end. */
export function countWords({ total, atLeast }: { total: number | null; atLeast: number }, isFiltered: boolean): string {
  const count = total ?? atLeast;
  const items = `${formatCount(count)}${total === null ? "+" : ""} ${total === 1 ? "item" : "items"}`;
  return isFiltered ? `${items} ${total === 1 ? "matches" : "match"}` : items;
}

/** How what a filter says is called. */
export interface FilterNames {
  source: string | undefined;
  preset: string | undefined;
  run: number | undefined;
}

/** A filter in words, to say what nothing matches: "“milk”, the source “Dairy news” and new". */
export function filterWords(filter: ItemView, names: FilterNames): string {
  const { text, sourceId, presetId, runId, state, sourceHealth, collectedFrom, collectedTo, publishedFrom, publishedTo } = filter;
  const parts = [
    text && `“${text}”`,
    sourceId && (names.source ? `the source “${names.source}”` : "a source that was deleted"),
    presetId && (names.preset ? `the preset “${names.preset}”` : "a preset that was deleted"),
    runId && (names.run ? `run ${names.run}` : "this run"),
    state && `the state “${ITEM_STATE_WORDS[state]}”`,
    sourceHealth && `sources that ${sourceHealth === "failing" ? "fail" : "work"} now`,
    dayWords("collected", collectedFrom, collectedTo),
    dayWords("published", publishedFrom, publishedTo),
  ].filter(Boolean);
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "");
}

function dayWords(what: string, from: string | undefined, to: string | undefined): string | undefined {
  if (from && from === to) return `${what} on ${from}`;
  if (from && to) return `${what} from ${from} to ${to}`;
  if (from) return `${what} from ${from} on`;
  return to && `${what} up to ${to}`;
}
