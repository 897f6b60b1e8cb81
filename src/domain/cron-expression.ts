import { BoundedCache } from "./bounded-cache";
import { daysInMonth } from "./calendar-days";
import { type CronItem, readFieldItems } from "./cron-field-items";
import { CRON_FIELD_RULES, CRON_FIELDS, CRON_MACROS, type CronField, expandMacro, joinWords, MONTH_NAMES } from "./cron-fields";
import { AppError } from "./errors";

/** What one field says. */
export interface CronFieldReading {
  /** The field as written, or as the macro expands. */
  text: string;
  items: readonly CronItem[];
  /** The plain values, ascending and without repeats; Sunday is 0. `L`, `5L` and `5#2` are not among them. */
  values: readonly number[];
  /** True when the field restricts nothing: `*`, `?`, `1-31`, `0-23`, `*` with a step of 1. */
  coversAll: boolean;
  /** True when the text has `*`, a range or a step: an interval, not fixed times. */
  repeats: boolean;
}

/** Which day fields decide. Both restricted means that either is enough (crontab(5)). */
export type DayRule = "every_day" | "day_of_month" | "day_of_week" | "either";

/** A valid expression, read. */
export interface CronExpression extends Readonly<Record<CronField, CronFieldReading>> {
  /** Exactly as typed. */
  text: string;
  /** Five fields, one space apart, with a macro expanded; for display. */
  fiveFields: string;
  dayRule: DayRule;
  lastDayOfMonth: boolean;
  nthWeekdays: readonly { weekday: number; nth: number }[];
  lastWeekdays: readonly number[];
  /** Hour covers all 24: a gap in local time takes nothing away from the real-time cadence. */
  everyHour: boolean;
  /** Minute or hour has `*`, a range or a step: both passes of a repeated hour count. */
  isInterval: boolean;
  /** No year has any of the dates (`0 0 30 2 *`). `parseCron` never hands out such an expression. */
  neverOccurs: boolean;
}

export type CronErrorField = "expression" | CronField;
export type ParsedCron = { ok: true; expression: CronExpression } | { ok: false; field: CronErrorField; message: string };

const MAX_TEXT_LENGTH = 1000;
/** What the text says, whether or not a person may save it. */
type ReadCron = { ok: true; expression: CronExpression } | { ok: false; field: CronErrorField; message: string };

const readCache = new BoundedCache<string, ReadCron>(5000);

/**
 * Reads a cron expression: exactly 5 fields or a macro, by our own grammar (see `cron-field-items`). It never throws and depends on
 * nothing but the text, so it refuses "never occurs" only for dates that no year has (`0 0 30 2 *`); what merely doesn't
 * occur within 5 years of a given instant is known to `occurrences`.
 *
 * @returns the expression, or the failing field with a sentence for the person that says how to fix it.
 */
export function parseCron(text: string): ParsedCron {
  const read = readCron(text);
  if (!read.ok || !read.expression.neverOccurs) return read;
  return { ok: false, field: "dayOfMonth", message: neverRuns(read.expression) };
}

/**
 * The expression, for callers that can only go on with one. Unlike `parseCron` it hands out expressions that never occur.
 *
 * @throws AppError `validation` with `field: "cronExpression"` and the failing `cronField`.
 */
export function getCronExpression(text: string): CronExpression {
  const read = readCron(text);
  if (read.ok) return read.expression;
  throw new AppError("validation", read.message, { field: "cronExpression", cronField: read.field });
}

function readCron(text: string): ReadCron {
  if (text.length > MAX_TEXT_LENGTH) return refuse("expression", `Keep the expression under ${MAX_TEXT_LENGTH} characters.`);
  return readCache.getOrCompute(text, () => readExpression(text));
}

function refuse(field: CronErrorField, message: string): ReadCron {
  return { ok: false, field, message };
}

function readExpression(text: string): ReadCron {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("expression", "Enter a cron expression, for instance 0 7 * * 1-5.");
  const expanded = trimmed.startsWith("@") ? expandMacro(trimmed) : trimmed;
  if (expanded === null) return refuse("expression", unknownMacro(trimmed));
  const parts = expanded.split(/\s+/);
  const miscounted = wrongFieldCount(trimmed, parts);
  if (miscounted !== null) return refuse("expression", miscounted);
  const readings: Partial<Record<CronField, CronFieldReading>> = {};
  for (const [index, field] of CRON_FIELDS.entries()) {
    const items = readFieldItems(field, parts[index] ?? "");
    if (!items.ok) return refuse(field, items.message);
    readings[field] = readingOf(field, parts[index] ?? "", items.value);
  }
  return { ok: true, expression: assemble(text, parts.join(" "), readings as Record<CronField, CronFieldReading>) };
}

function unknownMacro(text: string): string {
  const name = text.split(/\s+/)[0] ?? text;
  const known = joinWords(Object.keys(CRON_MACROS), "or");
  if (/^@reboot$/i.test(name)) return "@reboot is not supported: a schedule follows the clock, not the start of the server. Use @hourly or a time.";
  if (/^@every/i.test(name)) return `${name} is not supported. Every 5 minutes is */5 * * * *.`;
  if (name.toLowerCase() in CRON_MACROS) return `${name} stands alone. Remove what follows it.`;
  return `${name} is not known. Use ${known}, or five fields.`;
}

const MISSING_NOUNS = ["minute", "hour", "day of month", "month", "weekday"];

function wrongFieldCount(text: string, parts: readonly string[]): string | null {
  const count = parts.length;
  if (count === 5) return null;
  if (/^(CRON_)?TZ=/i.test(text)) return "The time zone has its own field. Remove it from the expression.";
  if (/,\s|\s,/.test(text)) return "Remove the space next to the comma.";
  if (count < 5) {
    const missing = MISSING_NOUNS.slice(count).map((noun) => `the ${noun}`);
    return `Cron needs 5 fields. This has ${count}; ${joinWords(missing)} ${missing.length === 1 ? "is" : "are"} missing.`;
  }
  if (count === 6 && /^\d{4}$/.test(parts[5] ?? "")) return "Years are not supported. Remove the last field.";
  if (count === 6) return "Seconds are not supported. Remove the first field.";
  if (count === 7) return "Cron needs 5 fields. This has 7. Seconds and years are not supported: remove the first and the last field.";
  return `Cron needs 5 fields. This has ${count}.`;
}

function readingOf(field: CronField, text: string, items: readonly CronItem[]): CronFieldReading {
  const values = new Set<number>();
  for (const item of items) if (item.kind === "values") for (const value of valuesOf(field, item)) values.add(value);
  const sorted = [...values].sort((a, b) => a - b);
  return {
    text,
    items,
    values: sorted,
    coversAll: coversAll(field, sorted, items),
    repeats: items.some((item) => item.kind === "values" && (item.isStar || item.hasRange || item.hasStep)),
  };
}

function coversAll(field: CronField, values: readonly number[], items: readonly CronItem[]): boolean {
  const { min, max } = CRON_FIELD_RULES[field];
  if (field === "dayOfWeek") return values.length === 7;
  // The one day that 1-30 leaves out is always the last of its month.
  if (field === "dayOfMonth" && values.length === 30 && !values.includes(31)) return items.some((item) => item.kind === "last_day");
  return values.length === max - min + 1;
}

/** The values of one plain entry; 7 is Sunday, as is 0. */
function valuesOf(field: CronField, { from, to, step }: Extract<CronItem, { kind: "values" }>): number[] {
  const count = Math.floor((to - from) / step) + 1;
  return Array.from({ length: count }, (_, index) => from + index * step).map((value) => (field === "dayOfWeek" ? value % 7 : value));
}

function assemble(text: string, fiveFields: string, readings: Record<CronField, CronFieldReading>): CronExpression {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = readings;
  const dayRule = dayRuleOf(dayOfMonth.coversAll, dayOfWeek.coversAll);
  const lastDayOfMonth = dayOfMonth.items.some((item) => item.kind === "last_day");
  return {
    ...readings,
    text,
    fiveFields,
    dayRule,
    lastDayOfMonth,
    nthWeekdays: dayOfWeek.items.flatMap((item) => (item.kind === "nth_weekday" ? [{ weekday: item.weekday, nth: item.nth }] : [])),
    lastWeekdays: dayOfWeek.items.flatMap((item) => (item.kind === "last_weekday" ? [item.weekday] : [])),
    everyHour: hour.coversAll,
    isInterval: minute.repeats || hour.repeats,
    // A weekday beside the day rescues it, because either is enough.
    neverOccurs: dayRule === "day_of_month" && !lastDayOfMonth && month.values.every((value) => isBeyond(value, dayOfMonth.values)),
  };
}

function dayRuleOf(anyDayOfMonth: boolean, anyWeekday: boolean): DayRule {
  if (anyDayOfMonth) return anyWeekday ? "every_day" : "day_of_week";
  return anyWeekday ? "day_of_month" : "either";
}

/** Whether the month, 29 February included, ends before the first of the days. */
function isBeyond(month: number, days: readonly number[]): boolean {
  const leapYear = 2000;
  return (days[0] ?? 0) > daysInMonth(leapYear, month);
}

function neverRuns({ month, dayOfMonth }: CronExpression): string {
  const months = joinWords(month.values.map((value) => MONTH_NAMES[value - 1] ?? ""));
  return `This never runs: ${months} ${month.values.length === 1 ? "has" : "have"} no day ${joinWords(dayOfMonth.values.map(String), "or")}.`;
}
