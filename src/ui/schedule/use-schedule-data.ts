"use client";
import { useSuspenseQueries } from "@tanstack/react-query";
import { useActiveRun } from "@/ui/runs/use-active-run";
import { useTRPC } from "@/ui/trpc/client";
import { keptDraftKey } from "./kept-draft";
import { LAST_RUN_INPUT } from "./page-counts";
import { useRefreshAtSlot } from "./use-refresh-at-slot";

/** What the Schedule page shows. Which run is going is a question of its own: a slot that was skipped because of it is a later run. */
export function useScheduleData() {
  const trpc = useTRPC();
  const { active, refetchMs } = useActiveRun();
  const [{ data: me }, { data: schedule }, { data: presets }, { data: page }] = useSuspenseQueries({
    queries: [
      trpc.member.me.queryOptions(),
      trpc.schedule.get.queryOptions(),
      trpc.preset.list.queryOptions(),
      trpc.run.list.queryOptions(LAST_RUN_INPUT, { refetchInterval: refetchMs }),
    ],
  });
  useRefreshAtSlot(schedule?.dueAt);
  const { organization, user, role } = me;
  return {
    organizationZone: organization.timeZone,
    draftKey: keptDraftKey(organization.id, user.id),
    canEdit: role !== "viewer",
    schedule,
    presets,
    lastRun: page.runs[0],
    activeRun: active,
  };
}

export type ScheduleData = ReturnType<typeof useScheduleData>;
