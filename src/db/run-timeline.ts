import { DAY_MS } from "@/domain/calendar-days";
import { type RunTimeline, type RunTimelineInput, TIMELINE_RUNS, timelineRows, timelineWindow } from "@/domain/run-timeline";
import { matchingRuns } from "./run-filter";
import { getRunZone } from "./run-zone";
import type { Tx } from "./transaction";

/** No run that has ended took longer, so what was queued earlier ended before. A day for the run, one for its wait. */
const LONGEST_RUN_MS = 2 * DAY_MS;

/** The runs, skipped and missed slots that the timeline shows, at most 2,000, and the window that it shows them in. */
export async function readRunTimeline(tx: Tx, orgId: string, input: RunTimelineInput, now: Date): Promise<RunTimeline> {
  const schedule = await tx.schedule.findUnique({ where: { orgId }, select: { cronExpression: true, timeZone: true } });
  const window = input.window ?? timelineWindow(schedule, now);
  const fromAt = timelineRows(window, await getRunZone(tx, orgId), now).at(-1)?.startsAt ?? now;
  const rows = await tx.run.findMany({
    where: {
      AND: [
        await matchingRuns(tx, orgId, input),
        { OR: [{ finishedAt: null }, { finishedAt: { gte: fromAt }, queuedAt: { gte: new Date(fromAt.getTime() - LONGEST_RUN_MS) } }] },
      ],
    },
    orderBy: { number: "desc" },
    take: TIMELINE_RUNS + 1,
  });
  return { window, runs: rows.slice(0, TIMELINE_RUNS).reverse(), isCutOff: rows.length > TIMELINE_RUNS };
}
