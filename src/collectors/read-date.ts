import { zoneOffset } from "./date-zone";
import { monthOf } from "./month-names";

const TIME = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?`;
const ZONE = String.raw`\s*\(?([a-z][a-z/_]{0,31}|(?:gmt|utc)?[+-]\d{1,2}:?\d{0,2})?\)?(?:\s*\([^)]{0,40}\))?`;
const WEEKDAY = String.raw`(?:[\p{L}-]+\.?(?:,\s*|\s+))?`;
/** Between the date and the time, as in English, German, French, Italian and Spanish. */
const AT = String.raw`,?\s+(?:(?:at|um|à|alle|a\slas)\s+)?`;
const ISO = /^([+]?\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(z|[+-]\d{2}:?\d{0,2}|[a-z]{2,5})?)?$/i;
/** What people make of ISO 8601: other separators, and no zeros before numbers. */
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s)\s*${TIME}${ZONE})?$`, "i");
/** Databases' own form of a time. */
const DIGITS = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
const ORDINAL = /^(\d{4}|\d{2})-?(\d{3})$/;
const DAY_FIRST = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})(?:st|nd|rd|th|er|\.)?(?:\s+|-)(?:de\s+)?(\p{L}{3,14})\.?,?(?:\s+|-)(?:de\s+)?(\d{2,4})(?:${AT}${TIME}${ZONE})?$`,
  "iu",
);
const MONTH_FIRST = new RegExp(String.raw`^${WEEKDAY}(\p{L}{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:${AT}${TIME}${ZONE})?$`, "iu");
const ASCTIME = new RegExp(String.raw`^${WEEKDAY}(\p{L}{3,14})\s+(\d{1,2})\s+${TIME}${ZONE}\s+(\d{4})$`, "iu");
const AMERICAN = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})\s+${TIME}${ZONE}$`, "i");
/** Dots stand between the parts of a date only where the day comes first. */
const DOTTED = new RegExp(String.raw`^(?:\p{L}+,?\s+)?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:${AT}${TIME}${ZONE})?$`, "iu");
const EAST_ASIAN = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일](?:\s?[(（].[)）])?/;

interface DateParts {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour?: string;
  minute?: string;
  second?: string;
  fraction?: string;
  halfDay?: string;
  zone?: string;
}

/**
 * Reads a date as sites write them: ISO 8601, RFC 822 and its many variants in the languages of Europe, asctime, East Asian dates, and numbers
 * of seconds or milliseconds since 1970. Without a zone it counts as UTC, never as the zone of this machine. Undefined when unreadable, where it
 * could be either of two days (`10/2/2024`), and outside the years 2 to 9999: beyond them a date has other forms, which PostgreSQL does not
 * read, and what is in year 1 are the zeros that programs have for no date.
 */
export function readDate(value: unknown): Date | undefined {
  const date = readAnyDate(value);
  return date && date.getUTCFullYear() >= 2 && date.getUTCFullYear() <= 9999 ? date : undefined;
}

function readAnyDate(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string" || value.length > 100) return undefined;
  const text = value.replace(/\s+/g, " ").trim();
  if (/^(?:\d{10}|\d{13})(?:\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  const parts = readIso(text) ?? readDayFirst(text) ?? readMonthFirst(text) ?? readAsctime(text) ?? readRareForms(text);
  return parts && toDate(parts);
}

function readRareForms(text: string): DateParts | undefined {
  const eastAsian = text.replace(EAST_ASIAN, "$1-$2-$3");
  return readYearFirst(eastAsian) ?? readOrdinal(text) ?? readDotted(text) ?? readAmerican(text);
}

/** Seconds stay below 10^11 until the year 5138; milliseconds passed it in 1973. */
function fromEpoch(value: number): Date | undefined {
  const date = new Date(Math.abs(value) < 1e11 ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readIso(text: string): DateParts | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month = "1", day = "1", hour, minute, second, fraction, zone] = match;
  return { year: Number(year), month: Number(month), day: Number(day), hour, minute, second, fraction, zone };
}

function readYearFirst(text: string): DateParts | undefined {
  const match = YEAR_FIRST.exec(text) ?? DIGITS.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, halfDay, zone] = match;
  return { year: Number(year), month: Number(month), day: Number(day), hour, minute, second, fraction, halfDay, zone };
}

function readDotted(text: string): DateParts | undefined {
  const match = DOTTED.exec(text);
  if (!match) return undefined;
  const [, day, month, year, hour, minute, second, fraction, halfDay, zone] = match;
  return { year: Number(year), month: Number(month), day: Number(day), hour, minute, second, fraction, halfDay, zone };
}

function readOrdinal(text: string): DateParts | undefined {
  const match = ORDINAL.exec(text);
  if (!match) return undefined;
  const year = fullYear(match[1] ?? "");
  const date = new Date(0);
  date.setUTCFullYear(year, 0, Number(match[2]));
  return date.getUTCFullYear() === year ? { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() } : undefined;
}

function readDayFirst(text: string): DateParts | undefined {
  const match = DAY_FIRST.exec(text);
  if (!match) return undefined;
  const [, day, month = "", year = "", hour, minute, second, fraction, halfDay, zone] = match;
  return { year: fullYear(year), month: monthOf(month), day: Number(day), hour, minute, second, fraction, halfDay, zone };
}

function readMonthFirst(text: string): DateParts | undefined {
  const match = MONTH_FIRST.exec(text);
  if (!match) return undefined;
  const [, month = "", day, year, hour, minute, second, fraction, halfDay, zone] = match;
  return { year: Number(year), month: monthOf(month), day: Number(day), hour, minute, second, fraction, halfDay, zone };
}

function readAsctime(text: string): DateParts | undefined {
  const match = ASCTIME.exec(text);
  if (!match) return undefined;
  const [, month = "", day, hour, minute, second, fraction, halfDay, zone, year] = match;
  return { year: Number(year), month: monthOf(month), day: Number(day), hour, minute, second, fraction, halfDay, zone };
}

/** Month first, but only where AM or PM says that an American wrote it. */
function readAmerican(text: string): DateParts | undefined {
  const match = AMERICAN.exec(text);
  if (!match?.[8]) return undefined;
  const [, month, day, year, hour, minute, second, fraction, halfDay, zone] = match;
  return { year: Number(year), month: Number(month), day: Number(day), hour, minute, second, fraction, halfDay, zone };
}

/** RFC 2822, section 4.3: two digits below 50 mean this century, and three count from 1900. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 3) return year;
  if (text.length > 2) return 1900 + year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function toDate(parts: DateParts): Date | undefined {
  const offset = zoneOffset(parts.zone);
  const hour = hourOf(Number(parts.hour ?? 0), parts.halfDay);
  const minute = Number(parts.minute ?? 0);
  const second = Number(parts.second ?? 0);
  const inRange = parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && hour <= 24 && minute <= 59 && second <= 60;
  if (offset === undefined || !inRange || parts.day > daysIn(parts.year, parts.month)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(hour, minute - offset, second, Number((parts.fraction ?? "").padEnd(3, "0").slice(0, 3)));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function daysIn(year: number, month: number): number {
  const lastDay = new Date(0);
  lastDay.setUTCFullYear(year, month, 0);
  return lastDay.getUTCDate();
}

function hourOf(hour: number, halfDay: string | undefined): number {
  if (!halfDay) return hour;
  return (hour % 12) + (halfDay.toLowerCase().startsWith("p") ? 12 : 0);
}
