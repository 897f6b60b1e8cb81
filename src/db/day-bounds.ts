import { dayNumber } from "@/domain/calendar-days";
import { startOfDay } from "@/domain/zone-days";

/** Days of a filter, both included, as addresses write them: "2026-11-24". */
interface DayFilter {
  from?: string | undefined;
  to?: string | undefined;
}

/** The instants that a filter's days hold on the zone's clock, as a condition of Prisma's: from when on, and before when. */
export function dayBounds({ from, to }: DayFilter, timeZone: string): { gte?: Date; lt?: Date } {
  return { ...(from && { gte: startOfDay(readDay(from), timeZone) }), ...(to && { lt: startOfDay(readDay(to) + 1, timeZone) }) };
}

/** Nothing is as old, and a day before it, in some zone, PostgreSQL would take for a year that it does not have. */
const FIRST_DAY = dayNumber(1, 1, 3);

/** Schemas let dates pass only. */
function readDay(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return Math.max(FIRST_DAY, dayNumber(year, month, day));
}
