const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Minutes east of UTC. RFC 822, section 5.1, and what feeds use besides; where two zones share a name, the one that feeds mean. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  "etc/gmt": 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  met: 60,
  cest: 120,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  hkt: 480,
  sgt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  acst: 570,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  nst: -210,
  ndt: -150,
  ast: -240,
  adt: -180,
  brt: -180,
  art: -180,
  est: -300,
  edt: -240,
  et: -300,
  cst: -360,
  cdt: -300,
  ct: -360,
  mst: -420,
  mdt: -360,
  mt: -420,
  pst: -480,
  pdt: -420,
  pt: -480,
  akst: -540,
  akdt: -480,
  hst: -600,
};

const TIME = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?`;
const ZONE = String.raw`\s*\(?([a-z][a-z/]{0,8}|(?:gmt|utc)?[+-]\d{1,2}:?\d{0,2})?\)?(?:\s*\([^)]{0,40}\))?`;
const ISO = /^([+]?\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(z|[+-]\d{2}:?\d{0,2}|[a-z]{2,5})?)?$/i;
const ORDINAL = /^(\d{4}|\d{2})-?(\d{3})$/;
const DAY_FIRST = new RegExp(
  String.raw`^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(\p{L}{3,9})\.?,?[\s-]+(\d{2}|\d{4})(?:,?\s+(?:at\s+)?${TIME}${ZONE})?$`,
  "iu",
);
const MONTH_FIRST = new RegExp(
  String.raw`^(?:\p{L}+\.?,?\s+)?(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?${TIME}${ZONE})?$`,
  "iu",
);
const ASCTIME = new RegExp(String.raw`^(?:\p{L}+\.?,?\s+)?(\p{L}{3,9})\s+(\d{1,2})\s+${TIME}${ZONE}\s+(\d{4})$`, "iu");
const AMERICAN = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})\s+${TIME}${ZONE}$`, "i");

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
 * Reads a date as sites write them: ISO 8601, RFC 822 and its many variants, asctime, and numbers of seconds or milliseconds
 * since 1970. Without a zone it counts as UTC, never as the zone of this machine. Undefined when unreadable, and outside the years
 * 1 to 9999: beyond them a date has other forms, which PostgreSQL does not read.
 */
export function readDate(value: unknown): Date | undefined {
  const date = readAnyDate(value);
  return date && date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999 ? date : undefined;
}

function readAnyDate(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string" || value.length > 100) return undefined;
  const text = value.replace(/\s+/g, " ").trim();
  if (/^\d{10}$|^\d{13}$/.test(text)) return fromEpoch(Number(text));
  const parts = readIso(text) ?? readOrdinal(text) ?? readDayFirst(text) ?? readMonthFirst(text) ?? readAsctime(text) ?? readAmerican(text);
  return parts && toDate(parts);
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

function readOrdinal(text: string): DateParts | undefined {
  const match = ORDINAL.exec(text);
  const day = Number(match?.[2]);
  if (!match || day < 1 || day > 366) return undefined;
  return { year: fullYear(match[1] ?? ""), month: 1, day };
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

/** RFC 2822, section 4.3: two digits below 50 mean this century. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/** 1 to 12; 0 when it is no month. */
function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function toDate(parts: DateParts): Date | undefined {
  const offset = zoneOffset(parts.zone);
  const hour = hourOf(Number(parts.hour ?? 0), parts.halfDay);
  const minute = Number(parts.minute ?? 0);
  const second = Number(parts.second ?? 0);
  const ordinal = parts.month === 1 && parts.day > 31;
  const inRange = parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && hour <= 24 && minute <= 59 && second <= 60;
  if (offset === undefined || !inRange || (!ordinal && parts.day > daysIn(parts.year, parts.month))) return undefined;
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

/** Minutes east of UTC; undefined for an offset that no place has. An unknown name counts as UTC (RFC 2822, section 4.3). */
function zoneOffset(zone: string | undefined): number | undefined {
  const name = (zone ?? "").toLowerCase();
  const match = /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$/.exec(name);
  if (!match) return ZONES[name] ?? 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 15 * 60 || Number(match[3] ?? 0) > 59) return undefined;
  return match[1] === "-" ? -minutes : minutes;
}
