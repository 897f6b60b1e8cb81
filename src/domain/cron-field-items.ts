import { CRON_FIELD_RULES, type CronField } from "./cron-fields";

/** One entry of a field's comma-separated list, with names already turned into numbers. */
export type CronItem =
  | { kind: "values"; from: number; to: number; step: number; isStar: boolean; hasRange: boolean; hasStep: boolean }
  | { kind: "last_day" }
  | { kind: "nth_weekday"; weekday: number; nth: number }
  | { kind: "last_weekday"; weekday: number };

type Result<Value> = { ok: true; value: Value } | { ok: false; message: string };

const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message });
const accept = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });

/**
 * Reads one field by our own grammar, which is narrower than cron-parser's: numbers, names, `* , - /`, `?` in the day
 * fields, `L`, `5#2` and `5L`. A refusal is a sentence for the person, with the fix.
 */
export function readFieldItems(field: CronField, text: string): Result<CronItem[]> {
  const { label } = CRON_FIELD_RULES[field];
  if (text === "?") return readQuestionMark(field);
  if (/^,+$/.test(text)) return refuse(`${label} has only a comma. Write a value or *.`);
  if (text.endsWith(",")) return refuse(`${label} ends with a comma.`);
  if (text.startsWith(",")) return refuse(`${label} starts with a comma.`);
  if (text.includes(",,")) return refuse(`${label} has two commas in a row.`);
  const items: CronItem[] = [];
  for (const part of text.split(",")) {
    const item = readItem(field, part);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return accept(items);
}

function wholeField(field: CronField): CronItem {
  const { min, max } = CRON_FIELD_RULES[field];
  return { kind: "values", from: min, to: max, step: 1, isStar: true, hasRange: false, hasStep: false };
}

function readQuestionMark(field: CronField): Result<CronItem[]> {
  if (field === "dayOfMonth" || field === "dayOfWeek") return accept([wholeField(field)]);
  return refuse("`?` works only in the two day fields. Use * here.");
}

function readItem(field: CronField, part: string): Result<CronItem> {
  const unsupported = unsupportedSyntax(field, part);
  if (unsupported !== null) return refuse(unsupported);
  if (field === "dayOfMonth" && /^L$/i.test(part)) return accept({ kind: "last_day" });
  if (field === "dayOfWeek" && /[^L]L$/i.test(part)) return readLastWeekday(part);
  if (field === "dayOfWeek" && part.includes("#")) return readNthWeekday(part);
  return readValues(field, part);
}

/** Syntax of other cron dialects, each with what to write instead. */
function unsupportedSyntax(field: CronField, part: string): string | null {
  if (/^H(\(.*\))?(\/\d*)?$/i.test(part)) return "`H` is not supported here. Write the value itself, for instance 0.";
  if (field === "dayOfMonth" && /^[\dL-]*W$/i.test(part)) return "`W` is not supported here. Use a plain day, for instance 15.";
  if (field === "dayOfWeek" && /^L?W$/i.test(part)) return "`W` is not supported here. Monday to Friday is 1-5.";
  if (field === "dayOfMonth" && /^L-\d+$/i.test(part)) return `\`${part}\` is not supported here. L alone is the last day of the month.`;
  if (field === "dayOfWeek" && /^L$/i.test(part)) return "Weekday `L` needs a day before it: 5L is the last Friday of the month.";
  if (field !== "dayOfWeek" && part.includes("#")) return "`#` works only in the weekday field: 5#2 is the second Friday of the month.";
  if (field !== "dayOfMonth" && field !== "dayOfWeek" && /^\d*L$/i.test(part)) return "`L` works only in the two day fields.";
  if (part.includes("?")) return "`?` must stand alone, in a day field. Use * or a value.";
  return null;
}

function readLastWeekday(part: string): Result<CronItem> {
  const weekday = readNumber("dayOfWeek", part.slice(0, -1));
  return weekday.ok ? accept({ kind: "last_weekday", weekday: weekday.value % 7 }) : weekday;
}

function readNthWeekday(part: string): Result<CronItem> {
  const [day = "", nth = "", ...rest] = part.split("#");
  if (rest.length > 0 || !/^[1-5]$/.test(nth)) {
    return refuse(`Weekday ${part}: the number after # must be 1 to 5. For instance, 5#2 is the second Friday of the month.`);
  }
  const weekday = readNumber("dayOfWeek", day);
  return weekday.ok ? accept({ kind: "nth_weekday", weekday: weekday.value % 7, nth: Number(nth) }) : weekday;
}

function readValues(field: CronField, part: string): Result<CronItem> {
  const [base = "", stepText, ...rest] = part.split("/");
  if (rest.length > 0) return refuse(cannotRead(field, part));
  const span = readSpan(field, base);
  if (!span.ok) return span;
  if (stepText === undefined) return accept({ kind: "values", ...span.value, step: 1, hasStep: false });
  const step = readStep(field, part, stepText);
  if (!step.ok) return step;
  // A lone start with a step means "from there to the end of the field", as in Cronos, cron-parser, croniter and Quartz.
  const to = span.value.isStar || span.value.hasRange ? span.value.to : CRON_FIELD_RULES[field].max;
  return accept({ kind: "values", ...span.value, to, step: step.value, hasStep: true });
}

function readStep(field: CronField, part: string, text: string): Result<number> {
  const { label, noun } = CRON_FIELD_RULES[field];
  if (text === "") return refuse(`${label} step ${part} has no number. Write it like */2.`);
  if (!/^\d+$/.test(text)) return refuse(`${label} step must be a whole number. You have ${text}.`);
  const step = Number(text);
  if (step === 0) return refuse(`${label} step must be 1 or more. You have 0. Use * for every ${noun}.`);
  return accept(step);
}

type Span = { from: number; to: number; isStar: boolean; hasRange: boolean };

function readSpan(field: CronField, base: string): Result<Span> {
  const { label, min, max } = CRON_FIELD_RULES[field];
  if (base === "*") return accept({ from: min, to: max, isStar: true, hasRange: false });
  if (/^-\d+$/.test(base)) return refuse(`${label} must be ${min} to ${max}. You have ${base}.`);
  const dash = base.indexOf("-");
  if (dash < 0) {
    const value = readNumber(field, base);
    return value.ok ? accept({ from: value.value, to: value.value, isStar: false, hasRange: false }) : value;
  }
  return readRange(field, base.slice(0, dash), base.slice(dash + 1));
}

function readRange(field: CronField, fromText: string, toText: string): Result<Span> {
  const { label } = CRON_FIELD_RULES[field];
  if (fromText === "" || toText === "") return refuse(`${label} range ${fromText}-${toText} needs a start and an end, like 1-5.`);
  const from = readNumber(field, fromText);
  if (!from.ok) return from;
  const to = readNumber(field, toText);
  if (!to.ok) return to;
  // Sunday closes a week as 7 (FRI-SUN is 5-7); only at the start of a range is it 0.
  const end = field === "dayOfWeek" && /^sun$/i.test(toText) && from.value > 0 ? 7 : to.value;
  if (from.value > end) return refuse(backwards(field, fromText, toText, from.value, end));
  return accept({ from: from.value, to: end, isStar: false, hasRange: true });
}

function backwards(field: CronField, fromText: string, toText: string, from: number, to: number): string {
  const { label, min, max } = CRON_FIELD_RULES[field];
  const lastValue = field === "dayOfWeek" ? 6 : max;
  const upper = from >= lastValue ? `${from}` : `${from}-${lastValue}`;
  const lower = to === min ? `${min}` : `${min}-${to}`;
  return `${label} range ${fromText}-${toText} runs backwards. Use ${toText}-${fromText}, or ${upper},${lower}.`;
}

function readNumber(field: CronField, text: string): Result<number> {
  const { label, min, max, names } = CRON_FIELD_RULES[field];
  const name = names.indexOf(text.toUpperCase());
  if (name >= 0) return accept(name + min);
  if (!/^\d+$/.test(text)) return refuse(cannotRead(field, text));
  const value = Number(text);
  if (value < min || value > max) return refuse(`${label} must be ${min} to ${max}. You have ${text}.`);
  return accept(value);
}

const ALLOWED: Record<CronField, string> = {
  minute: "numbers from 0 to 59 with * , - and /",
  hour: "numbers from 0 to 23 with * , - and /",
  dayOfMonth: "numbers from 1 to 31 with * , - and /, or L for the last day",
  month: "numbers from 1 to 12 or names such as JAN, with * , - and /",
  dayOfWeek: "numbers from 0 to 7 or names such as MON, with * , - and /",
};

function cannotRead(field: CronField, text: string): string {
  const { label, names } = CRON_FIELD_RULES[field];
  const short = text.slice(0, 3).toUpperCase();
  if (text.length > 3 && /^[A-Za-z]+$/.test(text) && names.includes(short)) return `${label} names have three letters. Use ${short} instead of ${text}.`;
  return `${label} cannot read "${text}". Use ${ALLOWED[field]}.`;
}
