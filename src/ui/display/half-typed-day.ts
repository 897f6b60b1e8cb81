/** The first year that four digits are needed for. */
const FIRST_WHOLE = "1000-01-01";

/**
 * Whether what a date input holds is on its way to a date. The year 2026 is typed by way of 2, 20 and 202, and an input with a part that is
 * empty has no value and says so by `badInput`, unlike one that was cleared.
 */
export function isHalfTypedDay(day: string, { badInput }: Pick<ValidityState, "badInput">): boolean {
  return badInput || (day !== "" && day < FIRST_WHOLE);
}
