import { DAY_MS, weekdayOf } from "@/domain/calendar-days";
import { MONTH_NAMES } from "@/domain/cron-fields";
import { formatLocalDate } from "@/domain/format-time";
import type { RunDay, RunHistory } from "@/domain/run-history";
import { formatIsoDay, monthOf, parseIsoDay } from "@/domain/zone-days";
import { formatCount } from "@/ui/display/count";

/** A day of the heatmap, days on which nothing happened included. `day` is its number, see domain/zone-days.ts. */
export interface HistoryDay extends RunDay {
  day: number;
}

/** What a day can be looked at for. */
export const MEASURES = ["runs", "failed", "newItems"] as const satisfies readonly (keyof RunDay)[];
export type Measure = (typeof MEASURES)[number];

/** Every day from the history's first, a Monday, to today. */
export function historyDays({ from, to, days }: Pick<RunHistory, "from" | "to" | "days">): HistoryDay[] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const [first, last] = [parseIsoDay(from) ?? 0, parseIsoDay(to) ?? -1];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index;
    const date = formatIsoDay(day);
    return { day, ...(byDate.get(date) ?? { date, runs: 0, failed: 0, skipped: 0, missed: 0, newItems: 0 }) };
  });
}

/** At which of the days each week begins, for who begins it with that weekday. The first may begin before them, at a negative place. */
export function weekStarts(days: readonly HistoryDay[], firstWeekday: number): number[] {
  const before = (weekdayOf(days[0]?.day ?? 0) - firstWeekday + 7) % 7;
  return Array.from({ length: Math.ceil((before + days.length) / 7) }, (_, week) => week * 7 - before);
}

/** Consecutive weeks whose first days are in the same month: "Nov" over so many columns. */
export function monthSpans(days: readonly HistoryDay[], firstWeekday: number): { label: string; weeks: number; firstDay: number }[] {
  const spans: { label: string; weeks: number; firstDay: number }[] = [];
  for (const start of weekStarts(days, firstWeekday)) {
    const firstDay = days[Math.max(0, start)]?.day ?? 0;
    const label = MONTH_NAMES[monthOf(firstDay) - 1]?.slice(0, 3) ?? "";
    const last = spans.at(-1);
    if (last?.label === label) last.weeks++;
    else spans.push({ label, weeks: 1, firstDay });
  }
  return spans;
}

/** "Tue 24 Nov", with the year where it is not `today`'s. */
export function dayName(day: number, today: number): string {
  const yearOf = (number: number) => formatIsoDay(number).slice(0, 4);
  return formatLocalDate(day * DAY_MS, yearOf(day) !== yearOf(today));
}

/** "2 runs, 1 failed, 14 new items"; "nothing ran" where nothing was due, either. */
export function dayCounts({ runs, failed, skipped, missed, newItems }: Omit<RunDay, "date">): string {
  const parts = [
    runs > 0 && (runs === 1 ? "1 run" : `${formatCount(runs)} runs`),
    failed > 0 && `${formatCount(failed)} failed`,
    runs > 0 && (newItems === 1 ? "1 new item" : `${formatCount(newItems)} new items`),
    skipped > 0 && (skipped === 1 ? "1 slot skipped" : `${formatCount(skipped)} slots skipped`),
    missed > 0 && (missed === 1 ? "1 slot missed" : `${formatCount(missed)} slots missed`),
  ].filter((part) => part !== false);
  return parts.length === 0 ? "nothing ran" : parts.join(", ");
}

/** What all the days add up to. */
export function addDays(days: readonly RunDay[]): Omit<RunDay, "date"> {
  const sum = (name: Exclude<keyof RunDay, "date">) => days.reduce((total, day) => total + day[name], 0);
  return { runs: sum("runs"), failed: sum("failed"), skipped: sum("skipped"), missed: sum("missed"), newItems: sum("newItems") };
}

/** The list of the day's runs. */
export function dayPath(date: string): string {
  return `/runs?from=${date}&to=${date}`;
}
