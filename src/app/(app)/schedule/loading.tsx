import { PageSkeleton } from "@/ui/states/page-skeleton";

/** The state of the schedule, then the form beside its next runs. */
export default function ScheduleLoading() {
  return <PageSkeleton blocks={[36, 56, 28]} columns={[[168, 480, 420], [500]]} />;
}
