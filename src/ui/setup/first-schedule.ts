import { PROPOSED_CRON } from "@/ui/schedule/schedule-draft";

/** So many of the next runs are shown with the proposal. */
export const FIRST_PREVIEW_COUNT = 3;

/** What is proposed to whoever sets Milkrun up: every day at 07:00 where the organization is. Nothing of it is stored until they turn it on. */
export function firstSchedule(timeZone: string) {
  return { cronExpression: PROPOSED_CRON, timeZone };
}
