import type { CronExpression, CronFieldReading } from "./cron-expression";
import type { CronItem } from "./cron-field-items";
import { CRON_FIELDS, type CronField } from "./cron-fields";
import { consecutiveRuns } from "./describe-days";

/**
 * An expression in its one normal spelling: digits for names, no leading zeros, no `?`, sorted lists, and weekdays as the set
 * that they are. Two expressions with the same normal spelling mean the same, clock changes included; the reverse does not hold.
 */
export function normaliseCron(expression: CronExpression): string {
  return CRON_FIELDS.map((field) => normalField(field, expression[field])).join(" ");
}

function normalField(field: CronField, { items, values }: CronFieldReading): string {
  // Which spelling a set of weekdays has makes no difference; for hours, a range is an interval and a list is not.
  if (field === "dayOfWeek" && items.every(isPlainRange)) return formatValues(values);
  if (items.every(isPlainValue)) return values.join(",");
  return items.map((item) => normalItem(item)).join(",");
}

/** Values of one field, ascending, as short as cron writes them: "1-5", "0,6". */
export function formatValues(values: readonly number[]): string {
  const parts = consecutiveRuns(values).flatMap(({ from, to }) => (to - from >= 2 ? [`${from}-${to}`] : from === to ? [`${from}`] : [`${from}`, `${to}`]));
  return parts.join(",");
}

function isPlainValue(item: CronItem): boolean {
  return isPlainRange(item) && !item.hasRange;
}

/** A value or a range of values, and nothing else. */
export function isPlainRange(item: CronItem): item is Extract<CronItem, { kind: "values" }> {
  return item.kind === "values" && !item.isStar && !item.hasStep;
}

function normalItem(item: CronItem): string {
  if (item.kind === "last_day") return "L";
  if (item.kind === "last_weekday") return `${item.weekday}L`;
  if (item.kind === "nth_weekday") return `${item.weekday}#${item.nth}`;
  if (item.isStar) return item.step === 1 ? "*" : `*/${item.step}`;
  const span = item.hasRange ? `${item.from}-${item.to}` : `${item.from}`;
  return item.hasStep ? `${span}/${item.step}` : span;
}
