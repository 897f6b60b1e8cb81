"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useMembership } from "@/ui/session/use-membership";
import { useTRPC } from "@/ui/trpc/client";

/** The zone in which the times of runs are written: the schedule's, whose slots they serve; without a schedule the organization's. */
export function useRunZone(): string {
  const trpc = useTRPC();
  const { timeZone } = useMembership();
  const { data: schedule } = useSuspenseQuery(trpc.schedule.get.queryOptions());
  return schedule?.timeZone ?? timeZone;
}
