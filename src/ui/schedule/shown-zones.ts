import { sameClock } from "@/ui/time/zoned-time";

/** Which clocks stand beside the schedule's. */
export interface ShownZones {
  /** The reader's zone; null where it is not known. */
  viewerZone: string | null;
  /** The same where it has a column: where its clock differs in some row. */
  viewer: string | null;
  /** "UTC" where it has a column. */
  utc: "UTC" | null;
  /** Whether UTC tells anything that the schedule's own clock does not. */
  canShowUtc: boolean;
}

/** Decides by the rows, as two zones can agree in winter and differ in summer. */
export function shownZones(rows: readonly { at: Date }[], timeZone: string, viewerZone: string | null, wantsUtc: boolean): ShownZones {
  const differs = (zone: string) => rows.some(({ at }) => !sameClock(at, zone, timeZone));
  const canShowUtc = differs("UTC");
  return { viewerZone, viewer: viewerZone && differs(viewerZone) ? viewerZone : null, utc: canShowUtc && wantsUtc ? "UTC" : null, canShowUtc };
}
