"use client";
import { useSuspenseQueries } from "@tanstack/react-query";
import { isActive } from "@/domain/run-status";
import { useTRPC } from "@/ui/trpc/client";
import { keptDraftKey } from "./kept-draft";
import { RECENT_RUNS } from "./page-counts";
import { useRefreshAtSlot } from "./use-refresh-at-slot";

const WHILE_RUNNING_MS = 2_000;
const WHILE_QUIET_MS = 20_000;

/** What the Schedule page shows. Runs are asked for often while one is going. */
export function useScheduleData() {
  const trpc = useTRPC();
  const [{ data: me }, { data: schedule }, { data: presets }, { data: page }] = useSuspenseQueries({
    queries: [
      trpc.member.me.queryOptions(),
      trpc.schedule.get.queryOptions(),
      trpc.preset.list.queryOptions(),
      trpc.run.list.queryOptions(
        { limit: RECENT_RUNS },
        { refetchInterval: ({ state }) => (state.data?.runs.some(({ status }) => isActive(status)) ? WHILE_RUNNING_MS : WHILE_QUIET_MS) },
      ),
    ],
  });
  useRefreshAtSlot(schedule?.dueAt);
  const activeRun = page.runs.find(({ status }) => isActive(status));
  const { organization, user, role } = me;
  return {
    organizationZone: organization.timeZone,
    draftKey: keptDraftKey(organization.id, user.id),
    canEdit: role !== "viewer",
    schedule,
    presets,
    runs: page.runs,
    activeRun,
  };
}

export type ScheduleData = ReturnType<typeof useScheduleData>;
