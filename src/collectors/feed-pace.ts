import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/domain/calendar-days";
import type { Pace } from "@/domain/pace";

const PERIODS_MS: Record<string, number> = { hourly: HOUR_MS, daily: DAY_MS, weekly: 7 * DAY_MS, monthly: 30 * DAY_MS, yearly: 365 * DAY_MS };
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
/** What a feed says of itself stands before its first item. */
const FIRST_ITEM = /<(?:[\w.-]+:)?(?:item|entry)[\s>/]/i;
const MOST_HEAD = 100_000;

type DocumentPace = Pick<Pace, "documentMs" | "skipHours" | "skipDays">;

/**
 * What a feed says of how often it wants to be read: `ttl`, `skipHours` and `skipDays` of RSS, and `sy:updatePeriod` of the syndication
 * module. As text: what parsers make of it differs, and it is the same in every format.
 */
export function readFeedPace(text: string): DocumentPace {
  const start = text.slice(0, MOST_HEAD);
  const head = start.slice(0, FIRST_ITEM.exec(start)?.index);
  const statedMs = Math.max(ttlMs(head), updateMs(head));
  const skipHours = numbersOf(head, "skipHours").flatMap((hour) => (hour <= 24 ? hour % 24 : []));
  const skipDays = wordsOf(head, "skipDays")
    .flatMap((day) => DAYS.indexOf(day.toLowerCase()))
    .filter((day) => day >= 0);
  return { ...(statedMs > 0 && { documentMs: statedMs }), ...(skipHours.length > 0 && { skipHours }), ...(skipDays.length > 0 && { skipDays }) };
}

function elementOf(head: string, name: string): string | undefined {
  return new RegExp(`<${name}>\\s*([\\w.-]{1,20})\\s*</${name}>`, "i").exec(head)?.[1];
}

/** In minutes. */
function ttlMs(head: string): number {
  const minutes = Number(elementOf(head, "ttl"));
  return minutes > 0 ? minutes * MINUTE_MS : 0;
}

function updateMs(head: string): number {
  const periodMs = PERIODS_MS[elementOf(head, "sy:updatePeriod")?.toLowerCase() ?? ""] ?? 0;
  const times = Number(elementOf(head, "sy:updateFrequency") ?? 1);
  return times > 0 ? periodMs / times : periodMs;
}

/** The texts of the elements in an element, whatever they are called: real feeds have `hours` where the standard says `hour`. */
function wordsOf(head: string, name: string): string[] {
  const inside = new RegExp(`<${name}>([^]{0,2000}?)</${name}>`, "i").exec(head)?.[1] ?? "";
  return [...inside.matchAll(/>\s*(\w{1,10})\s*</g)].map(([, word = ""]) => word);
}

function numbersOf(head: string, name: string): number[] {
  return wordsOf(head, name).flatMap((word) => (/^\d{1,2}$/.test(word) ? Number(word) : []));
}
