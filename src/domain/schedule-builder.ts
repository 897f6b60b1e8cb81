import { type CronExpression, parseCron } from "./cron-expression";
import { formatValues, isPlainRange, normaliseCron } from "./normal-cron";

/** How often a schedule runs, as the form asks for it. What none of the others can show is custom. */
export const BUILDER_MODES = ["interval", "daily", "weekly", "monthly", "custom"] as const;
export type BuilderMode = (typeof BUILDER_MODES)[number];

export interface Interval {
  count: number;
  unit: "minutes" | "hours";
}

/** The intervals that the builder offers: those that fit their hour or day evenly, so that "every 15 minutes" is true at its turn, too. */
export const INTERVALS: readonly Interval[] = [
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((count) => ({ count, unit: "minutes" as const })),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => ({ count, unit: "hours" as const })),
];

/** What a person has chosen; blank where nothing is chosen yet. */
export interface BuilderChoices {
  interval: Interval | null;
  /** Of every time of day, and of an interval of hours. */
  minute: number | null;
  /** Of the times of day, ascending. */
  hours: readonly number[];
  /** Sunday is 0; ascending. */
  weekdays: readonly number[];
  dayOfMonth: number | "last" | null;
}

/** An expression as the builder shows it. */
export interface BuilderReading {
  mode: BuilderMode;
  /** What the expression says of each choice, also of those that its mode does not show. */
  choices: BuilderChoices;
}

/**
 * Reads an expression strictly: a mode other than custom is given only when `writeBuilder` gives back an expression of the very same
 * meaning. Null for what `parseCron` refuses.
 */
export function readBuilder(text: string): BuilderReading | null {
  const parsed = parseCron(text);
  if (!parsed.ok) return null;
  const choices = choicesOf(parsed.expression);
  const normal = normaliseCron(parsed.expression);
  return { mode: BUILDER_MODES.find((mode) => writeBuilder(mode, choices) === normal) ?? "custom", choices };
}

/** The expression of what is chosen, in its normal spelling; null while a choice is missing, and for custom, which is written by hand. */
export function writeBuilder(mode: BuilderMode, choices: BuilderChoices): string | null {
  const { weekdays, dayOfMonth } = choices;
  const times = writeTimes(choices);
  switch (mode) {
    case "interval":
      return choices.interval && writeInterval(choices.interval, choices.minute ?? 0);
    case "daily":
      return times && `${times} * * *`;
    case "weekly":
      return times && weekdays.length > 0 ? `${times} * * ${formatValues(weekdays)}` : null;
    case "monthly":
      return times && dayOfMonth ? `${times} ${dayOfMonth === "last" ? "L" : dayOfMonth} * *` : null;
    case "custom":
      return null;
  }
}

function writeTimes({ minute, hours }: BuilderChoices): string | null {
  return minute === null || hours.length === 0 ? null : `${minute} ${hours.join(",")}`;
}

function writeInterval({ count, unit }: Interval, minute: number): string {
  const every = count === 1 ? "*" : `*/${count}`;
  return unit === "minutes" ? `${every} * * * *` : `${minute} ${every} * * *`;
}

function choicesOf(expression: CronExpression): BuilderChoices {
  const { minute, hour, dayOfWeek } = expression;
  const [onlyMinute, ...otherMinutes] = minute.values;
  const sharedMinute = onlyMinute !== undefined && otherMinutes.length === 0 ? onlyMinute : null;
  return {
    interval: intervalOf(expression, sharedMinute ?? 0),
    minute: sharedMinute,
    hours: sharedMinute === null || hour.repeats ? [] : hour.values,
    weekdays: dayOfWeek.items.every(isPlainRange) ? dayOfWeek.values : [],
    dayOfMonth: dayOf(expression),
  };
}

function intervalOf(expression: CronExpression, minute: number): Interval | null {
  const [minutes, hours] = normaliseCron(expression).split(" ");
  return INTERVALS.find((interval) => writeInterval(interval, minute).startsWith(`${minutes} ${hours} `)) ?? null;
}

function dayOf({ dayOfMonth: { items } }: CronExpression): number | "last" | null {
  const [only, ...others] = items;
  if (only === undefined || others.length > 0) return null;
  if (only.kind === "last_day") return "last";
  return isPlainRange(only) && only.from === only.to ? only.from : null;
}
