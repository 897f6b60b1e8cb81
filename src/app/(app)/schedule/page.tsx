import type { Metadata } from "next";
import { prefetchSchedule } from "@/ui/schedule/prefetch-schedule";
import { ScheduleView } from "@/ui/schedule/schedule-view";
import { Hydrate } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Schedule" };

export default async function SchedulePage({ searchParams }: { searchParams: Promise<{ setup?: string | string[] }> }) {
  const { setup } = await searchParams;
  await prefetchSchedule();
  return (
    <Hydrate>
      <ScheduleView startsSetUp={setup !== undefined} />
    </Hydrate>
  );
}
