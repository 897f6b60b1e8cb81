/** A preview begins at most this far ahead: as far as the engine looks for a next slot. */
const PREVIEW_YEARS = 5;
/** And not before this: zones have their rules of today since about then. */
export const PREVIEW_EARLIEST = new Date("2000-01-01T00:00:00Z");

/** The last instant at which a preview may begin. */
export function latestPreviewStart(now: Date): Date {
  return new Date(new Date(now).setUTCFullYear(now.getUTCFullYear() + PREVIEW_YEARS));
}

/** Why a preview cannot begin there, in words; null when it can. */
export function previewStartProblem(from: Date, now: Date): string | null {
  if (from < PREVIEW_EARLIEST) return "Pick a date from 2000 on.";
  return from <= latestPreviewStart(now) ? null : `Pick a date within the next ${PREVIEW_YEARS} years.`;
}
