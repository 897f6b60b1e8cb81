import type { RunSummary } from "@/domain/run";
import { dayInZone } from "@/domain/zone-days";
import { formatDay } from "@/ui/time/zoned-time";

type Dated = Pick<RunSummary, "slotAt" | "queuedAt">;

/** When a run was due or, without a slot, asked for: what its day goes by, here and in the filter. */
export function runMoment({ slotAt, queuedAt }: Dated): Date {
  return slotAt ?? queuedAt;
}

/** The day that a run belongs to in a list: "Today, Tue 24 Nov". A slot of yesterday that ran today belongs to yesterday. */
export function runDayLabel(run: Dated, timeZone: string, now: Date): string {
  const at = runMoment(run);
  const day = formatDay(at, timeZone, now);
  const daysAgo = dayInZone(now, timeZone) - dayInZone(at, timeZone);
  if (daysAgo === 0) return `Today, ${day}`;
  return daysAgo === 1 ? `Yesterday, ${day}` : day;
}
