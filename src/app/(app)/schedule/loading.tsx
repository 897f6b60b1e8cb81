import { ScheduleSkeleton } from "@/ui/schedule/schedule-skeleton";

export default function ScheduleLoading() {
  return <ScheduleSkeleton />;
}
