import { type CronExpression, type CronFieldReading, parseCron } from "./cron-expression";
import { formatValues, isPlainRange } from "./normal-cron";

const DAY_MINUTES = 1440;
/** Every month has them, so that a day may move among them without leaving its month. */
const LAST_COMMON_DAY = 28;

interface ShiftedTimes {
  minutes: number[];
  hours: number[];
  /** How many days later the times are; null when not all of them by as many. */
  dayShift: number | null;
}

/**
 * The expression with every time that many whole minutes later on the clock (earlier, if negative), weekdays and days of the month moved
 * along. An interval stays an interval, and a list a list. Null where no single expression says that, and for what `parseCron` refuses.
 */
export function shiftCron(text: string, byMinutes: number): string | null {
  const parsed = parseCron(text);
  if (!parsed.ok || !Number.isInteger(byMinutes)) return null;
  const { expression } = parsed;
  const times = shiftTimes(expression, byMinutes);
  const days = times && shiftDays(expression, times.dayShift);
  if (!times || !days) return null;
  const minute = shiftedText(expression.minute, times.minutes);
  const hour = shiftedText(expression.hour, times.hours);
  return minute === null || hour === null ? null : keepIfAlike(`${minute} ${hour} ${days}`, expression);
}

function shiftTimes({ minute, hour }: CronExpression, byMinutes: number): ShiftedTimes | null {
  const shifted = hour.values.flatMap((hours) => minute.values.map((minutes) => hours * 60 + minutes + byMinutes));
  const times = shifted.map((time) => ((time % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES);
  const minutes = ascending(times.map((time) => time % 60));
  const hours = ascending(times.map((time) => Math.floor(time / 60)));
  // Cron combines every hour with every minute: fewer times than that cannot be written.
  if (minutes.length * hours.length !== times.length) return null;
  const dayShifts = new Set(shifted.map((time) => Math.floor(time / DAY_MINUTES)));
  const [dayShift = 0] = dayShifts;
  return { minutes, hours, dayShift: dayShifts.size === 1 ? dayShift : null };
}

function shiftDays(expression: CronExpression, by: number | null): string | null {
  const { dayOfMonth, month, dayOfWeek, dayRule } = expression;
  const isEveryDay = dayRule === "every_day" && month.coversAll;
  if (by === 0 || isEveryDay) return `${dayOfMonth.text} ${month.text} ${dayOfWeek.text}`;
  if (by === null || dayRule === "every_day") return null;
  const days = dayRule === "day_of_week" ? dayOfMonth.text : shiftDaysOfMonth(dayOfMonth, by);
  const weekdays = dayRule === "day_of_month" ? dayOfWeek.text : shiftWeekdays(dayOfWeek, by);
  // The weekday after the last of a month is in the next one.
  const staysInMonth = month.coversAll || dayRule === "day_of_month";
  return days && weekdays && staysInMonth ? `${days} ${month.text} ${weekdays}` : null;
}

function shiftDaysOfMonth({ items, values }: CronFieldReading, by: number): string | null {
  const staysWithin = (day: number) => day >= 1 && day <= LAST_COMMON_DAY;
  const isMovable = items.every((item) => item.kind === "values") && values.every((day) => staysWithin(day) && staysWithin(day + by));
  return isMovable ? formatValues(values.map((day) => day + by)) : null;
}

function shiftWeekdays({ items, values }: CronFieldReading, by: number): string | null {
  return items.every((item) => item.kind === "values") ? formatValues(ascending(values.map((day) => (((day + by) % 7) + 7) % 7))) : null;
}

function shiftedText(reading: CronFieldReading, values: number[]): string | null {
  if (String(values) === String(reading.values)) return reading.text;
  if (!reading.repeats) return values.join(",");
  return reading.items.every(isPlainRange) ? formatValues(values) : progressionText(values);
}

/** "1-19/6" for 1, 7, 13 and 19; null for what has no even step. */
function progressionText(values: readonly number[]): string | null {
  const [first = 0, second = first] = values;
  const step = second - first;
  const isEven = values.every((value, index) => value === first + index * step);
  return isEven && step > 0 ? `${first}-${values[values.length - 1]}${step === 1 ? "" : `/${step}`}` : null;
}

/** A range that fell apart into a list would count a repeated hour once and not twice. */
function keepIfAlike(text: string, { isInterval, everyHour }: CronExpression): string | null {
  const parsed = parseCron(text);
  return parsed.ok && parsed.expression.isInterval === isInterval && parsed.expression.everyHour === everyHour ? text : null;
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
