import { previewStartProblem } from "@/domain/preview-start";
import { resolveTimeZone } from "@/domain/time-zone";
import { parseIsoDay, startOfDay } from "@/domain/zone-days";

/** Where a preview begins. */
interface PreviewStart {
  /** Null: now. */
  from: Date | null;
  /** What is wrong with the chosen day, in words. */
  problem: string | null;
}

/** The beginning of the day that a date field holds ("2027-03-14", or "" for none), on the zone's clock. */
export function readPreviewDay(day: string, timeZone: string, now: Date): PreviewStart {
  if (day === "" || !resolveTimeZone(timeZone).ok) return { from: null, problem: null };
  const from = startOfDay(parseIsoDay(day) ?? 0, timeZone);
  const problem = previewStartProblem(from, now);
  return { from: problem === null ? from : null, problem };
}
