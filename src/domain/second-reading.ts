import { CronExpressionParser } from "cron-parser";
import type { CronExpression } from "./cron-expression";
import type { CronItem } from "./cron-field-items";
import { CRON_FIELD_RULES, CRON_FIELDS, type CronField } from "./cron-fields";

/**
 * Whether cron-parser, which knows nothing of our own reading, finds the same values in each field: what is stored decides for years when
 * collecting happens, so two readers have to agree on it. `L`, `5L` and `5#2` are no plain values and are not compared.
 *
 * It reads one entry at a time and in canonical digits, because cron-parser refuses repeats such as `0,7`, doesn't know SUN as the end of
 * a week and accepts much that we don't.
 */
export function readsAlike(expression: CronExpression): boolean {
  return CRON_FIELDS.every((field) => {
    const plain = expression[field].items.filter((item) => item.kind === "values");
    const read = new Set(plain.flatMap((item) => secondReading(field, item)));
    return read.size === expression[field].values.length && expression[field].values.every((value) => read.has(value));
  });
}

function secondReading(field: CronField, { isStar, from, to, step }: Extract<CronItem, { kind: "values" }>): number[] {
  const { min, max } = CRON_FIELD_RULES[field];
  const entry = `${isStar ? "*" : `${from}-${to}`}/${Math.min(step, max - min + 1)}`;
  const text = CRON_FIELDS.map((name) => (name === field ? entry : "*")).join(" ");
  const { values } = CronExpressionParser.parse(text, { currentDate: new Date(0), tz: "UTC" }).fields[field];
  return values.map((value) => (field === "dayOfWeek" ? Number(value) % 7 : Number(value)));
}
