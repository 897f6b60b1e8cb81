import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findMember } from "@/ui/session/find-member";
import { FIRST_PREVIEW_COUNT, firstSchedule } from "@/ui/setup/first-schedule";
import { ScheduleStep } from "@/ui/setup/schedule-step";
import { getQueryClient, Hydrate, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "First schedule" };

interface FirstSchedulePageProps {
  searchParams: Promise<{ preset?: string | string[] }>;
}

/** Fourth step of setting up: for an organization that has something to collect and no schedule yet. */
export default async function FirstSchedulePage({ searchParams }: FirstSchedulePageProps) {
  const { preset } = await searchParams;
  const member = await findMember();
  // The layout leads whoever is not signed in away.
  if (!member) return null;
  const queryClient = getQueryClient();
  const [schedule, presets] = await Promise.all([
    queryClient.fetchQuery(trpc.schedule.get.queryOptions()),
    queryClient.fetchQuery(trpc.preset.list.queryOptions()),
  ]);
  if (schedule) redirect("/start/run");
  if (presets.length === 0) redirect("/start/sources");
  const { cronExpression, timeZone } = firstSchedule(member.organization.timeZone);
  await queryClient.prefetchQuery(trpc.schedule.preview.queryOptions({ cronExpression, timeZone, count: FIRST_PREVIEW_COUNT }));
  return (
    <Hydrate>
      <ScheduleStep timeZone={timeZone} chosenPreset={typeof preset === "string" ? preset : null} />
    </Hydrate>
  );
}
