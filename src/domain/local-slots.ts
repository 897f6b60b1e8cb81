import { calendarDate, DAY_MS, daysInMonth, HOUR_MS, MINUTE_MS, weekdayOf } from "./calendar-days";
import type { CronExpression } from "./cron-expression";

/**
 * Every time that the fields name with `fromMs <= time < toMs`, in order. Times are "local": milliseconds since 1970-01-01
 * 00:00 on some zone's own clock; whether the clock ever shows them, or shows them twice, is the caller's business.
 */
export function* localSlots(expression: CronExpression, fromMs: number, toMs: number): Generator<number, void> {
  const hours = expression.hour.values;
  const minutes = expression.minute.values;
  for (const day of matchingDays(expression, Math.floor(fromMs / DAY_MS), Math.floor((toMs - 1) / DAY_MS))) {
    for (const hour of hours) {
      const hourMs = day * DAY_MS + hour * HOUR_MS;
      if (hourMs >= toMs) return;
      if (hourMs + HOUR_MS <= fromMs) continue;
      for (const minute of minutes) {
        const slotMs = hourMs + minute * MINUTE_MS;
        if (slotMs >= toMs) return;
        if (slotMs >= fromMs) yield slotMs;
      }
    }
  }
}

/** The first time that the fields name within the bounds (end excluded), or null. */
export function firstLocalSlot(expression: CronExpression, fromMs: number, toMs: number): number | null {
  if (fromMs >= toMs) return null;
  const first = localSlots(expression, fromMs, toMs).next();
  return first.done ? null : first.value;
}

/** How many days the day, month and weekday fields name, both bounds included; in days since 1970-01-01. */
export function countMatchingDays(expression: CronExpression, firstDay: number, lastDay: number): number {
  let count = 0;
  for (const _ of matchingDays(expression, firstDay, lastDay)) count++;
  return count;
}

function* matchingDays(expression: CronExpression, firstDay: number, lastDay: number): Generator<number, void> {
  let { year, month, day } = calendarDate(firstDay);
  let monthStart = firstDay - day + 1;
  while (monthStart <= lastDay) {
    const length = daysInMonth(year, month);
    if (expression.month.values.includes(month)) {
      const weekdayBefore = weekdayOf(monthStart - 1);
      for (; day <= length; day++) {
        if (monthStart + day - 1 > lastDay) return;
        if (matchesDay(expression, day, length, (weekdayBefore + day) % 7)) yield monthStart + day - 1;
      }
    }
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
    monthStart += length;
    day = 1;
  }
}

function matchesDay(expression: CronExpression, day: number, monthLength: number, weekday: number): boolean {
  switch (expression.dayRule) {
    case "every_day":
      return true;
    case "day_of_month":
      return matchesDayOfMonth(expression, day, monthLength);
    case "day_of_week":
      return matchesWeekday(expression, day, monthLength, weekday);
    case "either":
      return matchesDayOfMonth(expression, day, monthLength) || matchesWeekday(expression, day, monthLength, weekday);
  }
}

function matchesDayOfMonth(expression: CronExpression, day: number, monthLength: number): boolean {
  return expression.dayOfMonth.values.includes(day) || (expression.lastDayOfMonth && day === monthLength);
}

function matchesWeekday(expression: CronExpression, day: number, monthLength: number, weekday: number): boolean {
  if (expression.dayOfWeek.values.includes(weekday)) return true;
  const nth = Math.ceil(day / 7);
  if (expression.nthWeekdays.some((entry) => entry.weekday === weekday && entry.nth === nth)) return true;
  return day + 7 > monthLength && expression.lastWeekdays.includes(weekday);
}
