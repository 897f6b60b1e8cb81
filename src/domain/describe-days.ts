import type { CronExpression, CronFieldReading } from "./cron-expression";
import { joinWords, MONTH_NAMES, WEEKDAY_NAMES } from "./cron-fields";

/** The days of an expression in words, for the two places where a sentence can take them. */
export interface DayWords {
  /** To start with: "every weekday". Null when the days don't come every week, and only `on` fits. */
  every: string | null;
  /** To go on with: "on weekdays", "on day 13 of the month"; empty for every day of the year. */
  on: string;
}

/** The days and months on which an expression is due. */
export function describeDays(expression: CronExpression): DayWords {
  const { month } = expression;
  const inMonths = describeMonths(month);
  switch (expression.dayRule) {
    case "every_day":
      return { every: joinParts("every day", inMonths), on: inMonths };
    case "day_of_month":
      return { every: null, on: `on ${describeDaysOfMonth(expression)} ${describeOwner(month)}` };
    case "day_of_week":
      return describeWeekdays(expression, inMonths);
    case "either":
      return { every: null, on: joinParts(`on ${describeEither(expression, "or")} (whichever comes)`, inMonths) };
  }
}

/** Both restricted day fields: "day 13 or on any Friday"; with "and also", "day 13 and also on every Friday". */
export function describeEither(expression: CronExpression, conjunction: "or" | "and also"): string {
  const which = conjunction === "or" ? "any" : "every";
  const plain = weekFromMonday(expression.dayOfWeek.values).map((day) => weekdayName(day));
  const named = plain.length === 0 ? [] : [`${which} ${joinWords(plain, conjunction === "or" ? "or" : "and")}`];
  const numbered = describeNumberedWeekdays(expression);
  const weekdays = [...named, ...numbered].join(` ${conjunction} on `);
  return `${describeDaysOfMonth(expression)} ${conjunction} on ${weekdays}${numbered.length > 0 ? " of the month" : ""}`;
}

function describeWeekdays(expression: CronExpression, inMonths: string): DayWords {
  const numbered = describeNumberedWeekdays(expression);
  const days = weekFromMonday(expression.dayOfWeek.values);
  if (numbered.length > 0) {
    const plain = days.length === 0 ? [] : [`every ${joinWords(days.map(weekdayName))}`];
    return { every: null, on: `on ${joinWords([...plain, ...numbered])} ${describeOwner(expression.month)}` };
  }
  const run = consecutiveRuns(days);
  const only = run[0];
  if (run.length === 1 && only?.from === 1 && only.to === 5) return { every: joinParts("every weekday", inMonths), on: joinParts("on weekdays", inMonths) };
  if (run.length === 1 && only && only.to - only.from >= 2) {
    const span = `${weekdayName(only.from)} to ${weekdayName(only.to)}`;
    return { every: joinParts(`every day from ${span}`, inMonths), on: joinParts(`from ${span}`, inMonths) };
  }
  const names = joinWords(days.map(weekdayName));
  return { every: joinParts(`every ${names}`, inMonths), on: joinParts(`on ${names}`, inMonths) };
}

function describeNumberedWeekdays({ nthWeekdays, lastWeekdays }: CronExpression): string[] {
  const counted = nthWeekdays.map(({ weekday, nth }) => `the ${ordinal(nth)} ${weekdayName(weekday)}`);
  return [...counted, ...lastWeekdays.map((weekday) => `the last ${weekdayName(weekday)}`)];
}

function describeDaysOfMonth({ dayOfMonth, lastDayOfMonth }: CronExpression): string {
  const days = dayOfMonth.values;
  const step = stepToMonthEnd(days);
  if (step !== null && !lastDayOfMonth) return `every ${ordinal(step)} day from day ${days[0]}`;
  const spans = consecutiveRuns(days).flatMap(({ from, to }) => (to - from >= 2 ? [`${from} to ${to}`] : from === to ? [`${from}`] : [`${from}`, `${to}`]));
  const numbered = spans.length === 0 ? [] : [`${days.length === 1 ? "day" : "days"} ${joinWords(spans)}`];
  return joinWords(lastDayOfMonth ? [...numbered, "the last day"] : numbered);
}

/** The step of five or more days in even steps that reach the end of the month, else null. */
function stepToMonthEnd(days: readonly number[]): number | null {
  const step = (days[1] ?? 0) - (days[0] ?? 0);
  const isEven = days.every((day, index) => day === (days[0] ?? 0) + index * step);
  return days.length >= 5 && step > 1 && isEven && (days[days.length - 1] ?? 0) + step > 31 ? step : null;
}

function describeMonths(month: CronFieldReading): string {
  if (month.coversAll) return "";
  const span = monthSpan(month.values);
  return span === null ? `in ${joinWords(month.values.map(monthName))}` : `from ${span}`;
}

/** Whose days they are: "of the month", "of January and July", "of each month from May to November". */
function describeOwner(month: CronFieldReading): string {
  if (month.coversAll) return "of the month";
  const span = monthSpan(month.values);
  return span === null ? `of ${joinWords(month.values.map(monthName))}` : `of each month from ${span}`;
}

function monthSpan(months: readonly number[]): string | null {
  const runs = consecutiveRuns(months);
  const only = runs[0];
  return runs.length === 1 && only && only.to - only.from >= 2 ? `${monthName(only.from)} to ${monthName(only.to)}` : null;
}

/** Consecutive values as ranges, so that 9 to 17 isn't read out as nine numbers. */
export function consecutiveRuns(values: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const value of values) {
    const last = runs[runs.length - 1];
    if (last && last.to + 1 === value) last.to = value;
    else runs.push({ from: value, to: value });
  }
  return runs;
}

/** "first" to "sixth", then "7th", "21st". */
export function ordinal(value: number): string {
  const word = ["", "first", "second", "third", "fourth", "fifth", "sixth"][value];
  if (word !== undefined) return word;
  const isTeen = value % 100 >= 11 && value % 100 <= 13;
  return `${value}${isTeen ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th")}`;
}

/** Monday first and Sunday as 7, so that Friday to Sunday reads as one run. */
function weekFromMonday(weekdays: readonly number[]): number[] {
  return weekdays.map((weekday) => (weekday === 0 ? 7 : weekday)).sort((a, b) => a - b);
}

const weekdayName = (weekday: number): string => WEEKDAY_NAMES[weekday % 7] ?? "";
const monthName = (month: number): string => MONTH_NAMES[month - 1] ?? "";
const joinParts = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");
