import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/domain/calendar-days";
import type { Pace } from "@/domain/pace";

const PERIODS_MS: Record<string, number> = { hourly: HOUR_MS, daily: DAY_MS, weekly: 7 * DAY_MS, monthly: 30 * DAY_MS, yearly: 365 * DAY_MS };
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const ITEM_BEGINS = /<(?:[\w.-]+:)?(?:item|entry)[\s>/]/i;
const ITEM_ENDS = /<\/(?:[\w.-]+:)?(?:item|entry)\s*>/gi;
/** Of the text before the items, and of that after them. */
const MOST_OUTSIDE = 100_000;

type DocumentPace = Pick<Pace, "documentMs" | "skipHours" | "skipDays">;

/**
 * What a feed says of how often it wants to be read: `ttl`, `skipHours` and `skipDays` of RSS, and `sy:updatePeriod` of the syndication
 * module. As text: what parsers make of it differs, and it is the same in every format.
 */
export function readFeedPace(text: string): DocumentPace {
  const outside = outsideItems(text);
  const statedMs = Math.max(ttlMs(outside), updateMs(outside));
  const skipHours = numbersOf(outside, "skipHours").flatMap((hour) => (hour <= 24 ? hour % 24 : []));
  const skipDays = wordsOf(outside, "skipDays")
    .map((day) => DAYS.indexOf(day.toLowerCase()))
    .filter((day) => day >= 0);
  return { ...(statedMs > 0 && { documentMs: statedMs }), ...(skipHours.length > 0 && { skipHours }), ...(skipDays.length > 0 && { skipDays }) };
}

/** What a feed says of itself: before its first item, and in the RSS of old after its last one. */
function outsideItems(text: string): string {
  const start = text.slice(0, MOST_OUTSIDE);
  const end = text.slice(-MOST_OUTSIDE);
  const lastEnd = [...end.matchAll(ITEM_ENDS)].at(-1);
  return start.slice(0, ITEM_BEGINS.exec(start)?.index) + (lastEnd ? end.slice(lastEnd.index) : "");
}

/** Whatever its prefix, and also in CDATA. */
function elementOf(outside: string, name: string): string | undefined {
  return new RegExp(`<(?:[\\w-]{1,20}:)?${name}(?:\\s[^<>]{0,200})?>\\s*(?:<!\\[CDATA\\[\\s*)?([\\w.-]{1,20})\\s*(?:\\]\\]>\\s*)?</`, "i").exec(outside)?.[1];
}

/** In minutes. */
function ttlMs(outside: string): number {
  const minutes = Number(elementOf(outside, "ttl"));
  return minutes > 0 ? minutes * MINUTE_MS : 0;
}

function updateMs(outside: string): number {
  const periodMs = PERIODS_MS[elementOf(outside, "updatePeriod")?.toLowerCase() ?? ""] ?? 0;
  const times = Number(elementOf(outside, "updateFrequency") ?? 1);
  return times > 0 ? periodMs / times : periodMs;
}

/** The texts of the elements in an element, whatever they are called: real feeds have `hours` where the standard says `hour`. */
function wordsOf(outside: string, name: string): string[] {
  const inside = new RegExp(`<${name}>([^]{0,2000}?)</${name}>`, "i").exec(outside)?.[1] ?? "";
  return [...inside.matchAll(/>\s*(\w{1,10})\s*</g)].map(([, word = ""]) => word);
}

function numbersOf(outside: string, name: string): number[] {
  return wordsOf(outside, name).flatMap((word) => (/^\d{1,2}$/.test(word) ? Number(word) : []));
}
