import "server-only";
import { systemClock } from "@/domain/clock";
import { isPaused } from "@/domain/pause-state";
import { ACTIVE_RUN_INPUT } from "@/ui/runs/active-run-input";
import { findMember } from "@/ui/session/find-member";
import { getQueryClient, prefetch, trpc } from "@/ui/trpc/server";
import { LAST_RUN_INPUT, PREVIEW_COUNT } from "./page-counts";
import { previewInput } from "./preview-input";
import { proposeDraft } from "./schedule-draft";

/** Starts everything that the Schedule page shows at first, its preview included, so that the browser asks for nothing on load. */
export async function prefetchSchedule(): Promise<void> {
  const member = await findMember();
  if (!member) return;
  prefetch(trpc.preset.list.queryOptions());
  prefetch(trpc.run.list.queryOptions(ACTIVE_RUN_INPUT));
  prefetch(trpc.run.list.queryOptions(LAST_RUN_INPUT));
  const queryClient = getQueryClient();
  const history = queryClient.prefetchQuery(trpc.run.history.queryOptions());
  const schedule = await queryClient.fetchQuery(trpc.schedule.get.queryOptions());
  const shown = schedule ?? proposeDraft(member.organization.timeZone, null);
  const paused = schedule !== null && isPaused(schedule, systemClock.now());
  // Waited for: neither suspends, and the browser's first render must not know more than the server's.
  await Promise.all([history, queryClient.prefetchQuery(trpc.schedule.preview.queryOptions(previewInput(shown, schedule, paused, PREVIEW_COUNT)))]);
}
