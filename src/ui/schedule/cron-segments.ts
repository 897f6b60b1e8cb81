import type { ParsedCron } from "@/domain/cron-expression";
import { type CronItem, readFieldItems } from "@/domain/cron-field-items";
import { CRON_FIELD_RULES, CRON_FIELDS, type CronField, expandMacro, MONTH_NAMES, WEEKDAY_NAMES } from "@/domain/cron-fields";

/** One of the five fields as the strip under the input shows it. */
export interface CronSegment {
  field: CronField;
  /** "Day of month" */
  label: string;
  /** What stands there; empty where the field is missing. */
  text: string;
  /** "9 to 17"; empty where it cannot be read. */
  meaning: string;
  failing: boolean;
}

/** Mirrors an expression as its five fields, whole or not. A macro shows what it stands for. */
export function cronSegments(text: string, parsed: ParsedCron): CronSegment[] {
  const words = cronWords(text);
  return CRON_FIELDS.map((field, index) => {
    const word = words[index] ?? "";
    const failing = !parsed.ok && (parsed.field === field || (parsed.field === "expression" && words.length > 0 && word === ""));
    return { field, label: CRON_FIELD_RULES[field].label, text: word, meaning: word === "" ? "" : meaningOf(field, word), failing };
  });
}

function cronWords(text: string): string[] {
  const expanded = expandMacro(text) ?? text.trim();
  // An unknown macro is no field, and the others are not what is missing.
  return expanded === "" || expanded.startsWith("@") ? [] : expanded.split(/\s+/);
}

/** Where the failing field stands in the text, for the caret; the whole text when the error is not about one field. */
export function failingRange(text: string, field: CronField | "expression"): [start: number, end: number] {
  const index = (CRON_FIELDS as readonly string[]).indexOf(field);
  const word = index === -1 ? undefined : [...text.matchAll(/\S+/g)][index];
  return word ? [word.index, word.index + word[0].length] : [0, text.length];
}

function meaningOf(field: CronField, word: string): string {
  const items = readFieldItems(field, word);
  if (!items.ok) return "";
  const meanings = items.value.map((item) => itemMeaning(field, item));
  // A lone number says little: "hour 7", but "9, 12".
  return meanings.length === 1 && /^\d+$/.test(meanings[0] ?? "") ? `${UNITS[field][0]} ${meanings[0]}` : meanings.join(", ");
}

const UNITS: Record<CronField, [one: string, many: string]> = {
  minute: ["minute", "minutes"],
  hour: ["hour", "hours"],
  dayOfMonth: ["day", "days"],
  month: ["month", "months"],
  dayOfWeek: ["weekday", "days"],
};

const NTH = ["first", "second", "third", "fourth", "fifth"];

function itemMeaning(field: CronField, item: CronItem): string {
  if (item.kind === "last_day") return "last day";
  if (item.kind === "last_weekday") return `last ${valueName("dayOfWeek", item.weekday)}`;
  if (item.kind === "nth_weekday") return `${NTH[item.nth - 1]} ${valueName("dayOfWeek", item.weekday)}`;
  const [one, many] = UNITS[field];
  if (item.isStar) return item.step === 1 ? `any ${one}` : `every ${item.step} ${many}`;
  const from = valueName(field, item.from);
  if (!item.hasRange && !item.hasStep) return from;
  const range = item.hasRange ? `${from} to ${valueName(field, item.to)}` : `from ${from}`;
  return item.hasStep && item.step > 1 ? `${range}, every ${item.step}` : range;
}

function valueName(field: CronField, value: number): string {
  if (field === "month") return MONTH_NAMES[value - 1]?.slice(0, 3) ?? String(value);
  if (field === "dayOfWeek") return WEEKDAY_NAMES[value % 7]?.slice(0, 3) ?? String(value);
  return String(value);
}
