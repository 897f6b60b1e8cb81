import type { RunSummary } from "@/domain/run";
import { dayInZone } from "@/domain/zone-days";
import { formatDay } from "@/ui/time/zoned-time";

type Dated = Pick<RunSummary, "slotAt" | "queuedAt">;

/** Runs of one day, as a list shows them. */
export interface RunDay<Run> {
  /** "Today, Tue 24 Nov" */
  label: string;
  runs: Run[];
}

/** When a run was due or, without a slot, asked for: what its day goes by, here and in the filter. */
export function runMoment({ slotAt, queuedAt }: Dated): Date {
  return slotAt ?? queuedAt;
}

/** Cuts a list of runs at the days of a zone. A slot of yesterday that ran today, after a run of today, is a stretch of yesterday of its own. */
export function groupByDay<Run extends Dated>(runs: readonly Run[], timeZone: string, now: Date): RunDay<Run>[] {
  const days: RunDay<Run>[] = [];
  for (const run of runs) {
    const label = dayLabel(runMoment(run), timeZone, now);
    const last = days.at(-1);
    if (last?.label === label) last.runs.push(run);
    else days.push({ label, runs: [run] });
  }
  return days;
}

function dayLabel(at: Date, timeZone: string, now: Date): string {
  const day = formatDay(at, timeZone, now);
  const daysAgo = dayInZone(now, timeZone) - dayInZone(at, timeZone);
  if (daysAgo === 0) return `Today, ${day}`;
  return daysAgo === 1 ? `Yesterday, ${day}` : day;
}
