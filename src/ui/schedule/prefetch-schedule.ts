import "server-only";
import { findMember } from "@/ui/session/find-member";
import { getQueryClient, prefetch, trpc } from "@/ui/trpc/server";
import { PREVIEW_COUNT, RECENT_RUNS } from "./page-counts";
import { proposeDraft } from "./schedule-draft";

/** Starts everything that the Schedule page shows at first, its preview included, so that the browser asks for nothing on load. */
export async function prefetchSchedule(): Promise<void> {
  const member = await findMember();
  if (!member) return;
  prefetch(trpc.preset.list.queryOptions());
  prefetch(trpc.run.list.queryOptions({ limit: RECENT_RUNS }));
  const queryClient = getQueryClient();
  const schedule = await queryClient.fetchQuery(trpc.schedule.get.queryOptions());
  const { cronExpression, timeZone } = schedule ?? proposeDraft(member.organization.timeZone, null);
  // Waited for: the preview does not suspend, and the browser's first render must not know more than the server's.
  await queryClient.prefetchQuery(trpc.schedule.preview.queryOptions({ cronExpression, timeZone, count: PREVIEW_COUNT }));
}
