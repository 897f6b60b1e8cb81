import type { Preferences } from "@/domain/preferences";

/** The days of the week in a reader's order, Sunday being 0. */
export function weekdaysFrom(firstWeekday: Preferences["firstWeekday"]): number[] {
  return Array.from({ length: 7 }, (_, index) => (index + firstWeekday) % 7);
}
