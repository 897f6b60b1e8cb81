import { parseIsoDay, startOfDay } from "@/domain/zone-days";

/** Days of a filter, both included, as addresses write them: "2026-11-24". */
interface DayFilter {
  from?: string | undefined;
  to?: string | undefined;
}

/** The instants that a filter's days hold on the zone's clock, as a condition of Prisma's: from when on, and before when. */
export function dayBounds({ from, to }: DayFilter, timeZone: string): { gte?: Date; lt?: Date } {
  return { ...(from && { gte: startOfDay(readDay(from), timeZone) }), ...(to && { lt: startOfDay(readDay(to) + 1, timeZone) }) };
}

function readDay(date: string): number {
  // Schemas let dates pass only; those before 1970 are all the same, as nothing is as old.
  return parseIsoDay(date) ?? 0;
}
