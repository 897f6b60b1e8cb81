import { dayNumber } from "./calendar-days";
import { getCronExpression } from "./cron-expression";
import { countMatchingDays } from "./local-slots";

/** After this many years the calendar repeats, weekdays and leap years included (until 2100). */
const CYCLE_YEARS = 28;
const FIRST_DAY = dayNumber(2000, 1, 1);
const LAST_DAY = dayNumber(2000 + CYCLE_YEARS, 1, 1) - 1;

/**
 * How many slots an average month has: exactly what the fields name over 28 years, in which every date has come on every weekday,
 * divided by their months. `0 7 * * 1-5` gives 21.74, whatever month it is now. What clock changes add and take away is left out: at
 * most two hours a year, which cancel each other out.
 *
 * @throws AppError `validation` for an expression that is refused.
 */
export function runsPerMonth(cronExpression: string): number {
  const expression = getCronExpression(cronExpression);
  if (expression.neverOccurs) return 0;
  const slotsPerDay = expression.hour.values.length * expression.minute.values.length;
  return (countMatchingDays(expression, FIRST_DAY, LAST_DAY) * slotsPerDay) / (CYCLE_YEARS * 12);
}
