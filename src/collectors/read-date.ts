import { zoneOffset } from "./date-zone";
import { monthOf } from "./month-names";

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,](?<fraction>\d{1,9}))?)?`;
/** Not the beginning of the names of Armenia's and the Amazon's time. */
const HALF_DAY = String.raw`\s*(?<halfDay>[ap]\.?m\.?)(?!s?t\b)`;
const TIME = `${CLOCK}(?:${HALF_DAY})?`;
const ZONE = String.raw`\s*\(?(?<zone>[a-z][a-z/_]{0,31}|(?:gmt|utc)?[+-]\d{1,2}:?\d{0,2})?\)?(?:\s*\([^)]{0,40}\))?`;
const ISO_TIME = String.raw`(?<hour>\d{2}):?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:${HALF_DAY})?`;
const ISO_ZONE = String.raw`\s*(?<zone>z|[+-]\d{2}:?\d{0,2}|[a-z]{2,5})?`;
const WEEKDAY = String.raw`(?:[\p{L}-]+\.?(?:,\s*|\s+))?`;
/** Between the date and the time, as in English, German, French, Italian and Spanish. */
const AT = String.raw`,?\s+(?:(?:at|um|à|alle|a\slas)\s+)?`;

/** The first that a text has says what it means. */
const FORMS = [
  // ISO 8601.
  String.raw`(?<year>\+?\d{4})(?:-?(?<month>\d{2})(?:-?(?<day>\d{2}))?)?(?:[T\s]\s*${ISO_TIME}${ISO_ZONE})?`,
  // RFC 822, and what people write.
  String.raw`${WEEKDAY}(?<day>\d{1,2})(?:st|nd|rd|th|er|\.)?(?:\s+|-)(?:de\s+)?(?<month>\p{L}{3,14})\.?,?(?:\s+|-)(?:de\s+)?(?<year>\d{2,4})(?:${AT}${TIME}${ZONE})?`,
  String.raw`${WEEKDAY}(?<month>\p{L}{3,14})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?:${AT}${TIME}${ZONE})?`,
  // Of asctime.
  String.raw`${WEEKDAY}(?<month>\p{L}{3,14})\s+(?<day>\d{1,2})\s+${TIME}${ZONE}\s+(?<year>\d{4})`,
  // What people make of ISO 8601: other separators, and no zeros before numbers.
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:(?:T|\s)\s*${TIME}${ZONE})?`,
  // Databases' own form of a time.
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})`,
  // Dots stand between the parts of a date only where the day comes first.
  String.raw`(?:\p{L}+,?\s+)?(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})(?:${AT}${TIME}${ZONE})?`,
  // Month first, but only where AM or PM says that an American wrote it.
  String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})\s+${CLOCK}${HALF_DAY}${ZONE}`,
].map((form) => new RegExp(`^${form}$`, "iu"));
const EPOCH = /^(?:(?:\d{10}|\d{13})(?:\.\d+)?|\d{16}|\d{19})$/;
/** Always in milliseconds. */
const DOT_NET = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/;
/** From 2001 to 2100, in milliseconds: smaller parts of a second are counted only for moments as they are written today. */
const [EARLIEST_FINE, LATEST_FINE] = [1e12, 4.1e12];
/** The zone's name behind its offset, as Java and Go write it. */
const ZONE_AGAIN = /(?<=[\dz])\[[\w/+-]{1,40}\]$|(?<= [+-]\d{4}) [A-Z]{3,5}$/i;
const ORDINAL = /^(\d{4}|\d{2})-?(\d{3})$/;
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
 * of seconds since 1970, or of thousandths, millionths or billionths of them. Without a zone it counts as UTC, never as the zone of this machine.
 * Undefined when unreadable, where it could be either of two days (`10/2/2024`), and outside the years 2 to 9999: beyond them a date has other
 * forms, which PostgreSQL does not read, and what is in year 1 are the zeros that programs have for no date.
 */
export function readDate(value: unknown): Date | undefined {
  const date = readAnyDate(value);
  return date && date.getUTCFullYear() >= 2 && date.getUTCFullYear() <= 9999 ? date : undefined;
}

function readAnyDate(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string" || value.length > 100) return undefined;
  const text = value.replace(/\s+/g, " ").trim();
  if (EPOCH.test(text)) return fromEpoch(Number(text));
  const dotNetMs = DOT_NET.exec(text)?.[1];
  if (dotNetMs !== undefined) return new Date(Number(dotNetMs));
  const parts = readForms(text.replace(EAST_ASIAN, "$1-$2-$3").replace(ZONE_AGAIN, "")) ?? readOrdinal(text);
  return parts && toDate(parts);
}

/** Numbers may be written as dates are: 2024, 20241002 and 20241002130000 would be moments of 1970 and of 2611 otherwise. A zero stands for no date. */
function fromNumber(value: number): Date | undefined {
  if (value === 0) return undefined;
  const parts = /^(?:19|20)\d\d(?:\d{4}|\d{10})?$/.test(String(value)) ? readForms(String(value)) : undefined;
  return (parts && toDate(parts)) ?? fromEpoch(value);
}

/** Seconds stay below 10^11 until the year 5138; milliseconds passed it in 1973. */
function fromEpoch(value: number): Date | undefined {
  const perMs = [1e3, 1e6].find((parts) => value >= EARLIEST_FINE * parts && value < LATEST_FINE * parts);
  const coarse = Math.abs(value) < 1e11 ? value * 1000 : value;
  const date = new Date(perMs === undefined ? coarse : value / perMs);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readForms(text: string): DateParts | undefined {
  for (const form of FORMS) {
    const found = form.exec(text)?.groups;
    if (found) return partsOf(found);
  }
  return undefined;
}

/** One by one: copying what a pattern found takes several times as long as finding it, and lists have thousands of dates. */
function partsOf(found: Partial<Record<string, string>>): DateParts {
  const { year = "", month = "1", day = "1", hour, minute, second, fraction, halfDay, zone } = found;
  const monthNumber = /^\d/.test(month) ? Number(month) : monthOf(month);
  return { year: fullYear(year), month: monthNumber, day: Number(day), hour, minute, second, fraction, halfDay, zone };
}

function readOrdinal(text: string): DateParts | undefined {
  const match = ORDINAL.exec(text);
  if (!match) return undefined;
  const year = fullYear(match[1] ?? "");
  const date = new Date(0);
  date.setUTCFullYear(year, 0, Number(match[2]));
  return date.getUTCFullYear() === year ? { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() } : undefined;
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
  if (!halfDay || hour > 24) return hour;
  return (hour % 12) + (halfDay.toLowerCase().startsWith("p") ? 12 : 0);
}
