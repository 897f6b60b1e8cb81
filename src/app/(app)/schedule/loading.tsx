import { PageSkeleton } from "@/ui/states/page-skeleton";

export default function ScheduleLoading() {
  return <PageSkeleton blocks={[40, 72, 560, 160]} />;
}
