"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { EmptyState } from "@/ui/states/empty-state";
import { NoMatch } from "@/ui/states/no-match";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { useTRPC } from "@/ui/trpc/client";
import { noRunsWords } from "./no-runs-words";
import { type RunView, runViewHref, withoutFilters } from "./run-filter";
import { RunNowButton } from "./run-now-button";

const MINUTE_MS = 60_000;

/** A ledger without any run: when the first one is due, and the way not to wait for it. */
export function NoRuns({ canEdit }: { canEdit: boolean }) {
  const { data: schedule } = useSuspenseQuery(useTRPC().schedule.get.queryOptions());
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  return <EmptyState action={canEdit && <RunNowButton />}>{noRunsWords(schedule, now, clockStyle)}</EmptyState>;
}

/** Filters that no run matches; they stay in view above it. */
export function NoMatchingRuns({ view, onFollow }: { view: RunView; onFollow: (view: RunView) => void }) {
  const everything = withoutFilters(view);
  return (
    <NoMatch clearHref={runViewHref(everything)} onClear={() => onFollow(everything)}>
      No run matches these filters.
    </NoMatch>
  );
}
