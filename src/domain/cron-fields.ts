/** The five fields, in the order in which they are written. */
export const CRON_FIELDS = ["minute", "hour", "dayOfMonth", "month", "dayOfWeek"] as const;
export type CronField = (typeof CRON_FIELDS)[number];

/** What a person may write in a field. */
export interface CronFieldRule {
  /** As messages call it at the start of a sentence. */
  label: string;
  /** As messages call it within a sentence. */
  noun: string;
  min: number;
  /** 7 for weekdays: Sunday once more. */
  max: number;
  /** Three-letter names, in the order of their values from `min`. */
  names: readonly string[];
}

export const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"] as const;
export const WEEKDAY_NAMES = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

const abbreviate = (name: string): string => name.slice(0, 3).toUpperCase();

export const CRON_FIELD_RULES: Record<CronField, CronFieldRule> = {
  minute: { label: "Minute", noun: "minute", min: 0, max: 59, names: [] },
  hour: { label: "Hour", noun: "hour", min: 0, max: 23, names: [] },
  dayOfMonth: { label: "Day of month", noun: "day of month", min: 1, max: 31, names: [] },
  month: { label: "Month", noun: "month", min: 1, max: 12, names: MONTH_NAMES.map(abbreviate) },
  dayOfWeek: { label: "Weekday", noun: "weekday", min: 0, max: 7, names: WEEKDAY_NAMES.map(abbreviate) },
};

/** Macros and the five fields that they stand for; `@midnight` and `@annually` are second names. Source: crontab(5). */
export const CRON_MACROS: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

/** The five fields that a macro stands for, whatever its case and the spaces around it; null for any other text. */
export function expandMacro(text: string): string | null {
  const name = text.trim().toLowerCase();
  return Object.hasOwn(CRON_MACROS, name) ? (CRON_MACROS[name] ?? null) : null;
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[], conjunction = "and"): string {
  const last = words[words.length - 1] ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
