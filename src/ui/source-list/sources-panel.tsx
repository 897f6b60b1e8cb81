"use client";
import { Button, Stack } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { LoadOlder } from "@/ui/display/load-older";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { useAddressedView } from "@/ui/shell/use-addressed-view";
import { isNarrowed, SOURCE_PAGING, type SourceListView, sourceListHref, sourcePageInput } from "@/ui/sources/sources-tab";
import { BusyArea } from "@/ui/states/busy-area";
import { EmptyState } from "@/ui/states/empty-state";
import { useTRPC } from "@/ui/trpc/client";
import { BulkBar } from "./bulk-bar";
import { NoSources } from "./no-sources";
import { SourceFilterBar } from "./source-filter-bar";
import { SourceTable } from "./source-table";
import { useSelection } from "./use-selection";

/** A run may end while the page is open, and with it a source's health changes. */
const REFETCH_MS = 15_000;

/** The tab with all sources: filters, whose state is the address, the table, and what can be done with those that are chosen in it. */
export function SourcesPanel({ view }: { view: SourceListView }) {
  const trpc = useTRPC();
  const { timeZone, canEdit } = useMembership();
  const { chosen, pending, show, follow } = useAddressedView(view, sourceListHref);
  const query = useSuspenseInfiniteQuery(trpc.source.page.infiniteQueryOptions(sourcePageInput(view), { ...SOURCE_PAGING, refetchInterval: REFETCH_MS }));
  const sources = query.data.pages.flatMap((page) => page.sources);
  const [{ total, failing, all } = { total: 0, failing: 0, all: 0 }] = query.data.pages;
  const selection = useSelection(view);
  if (all === 0) return <NoSources canEdit={canEdit} />;
  return (
    <Stack gap="lg">
      <SourceFilterBar view={chosen} failing={failing} total={total} onChange={show} onFollow={follow} />
      {canEdit && <BulkBar selection={selection} match={view} total={total} failing={failing} shown={sources} />}
      <BusyArea busy={pending}>
        {sources.length === 0 ? (
          <NoMatch view={view} onFollow={follow} />
        ) : (
          <SourceTable sources={sources} timeZone={timeZone} view={chosen} selection={canEdit ? selection : null} onChange={show} />
        )}
      </BusyArea>
      <LoadOlder query={query} label="Load more" end={null} />
    </Stack>
  );
}

function NoMatch({ view, onFollow }: { view: SourceListView; onFollow: (view: SourceListView) => void }) {
  const isFailingOnly = view.failing && !isNarrowed({ ...view, failing: false });
  const everything = { order: view.order };
  return (
    <EmptyState
      action={
        <Button component={AppLink} href={sourceListHref(everything)} onFollow={() => onFollow(everything)} variant="default">
          {isFailingOnly ? "Show all sources" : "Clear filters"}
        </Button>
      }
    >
      {isFailingOnly ? "No source is failing." : "No source matches these filters."}
    </EmptyState>
  );
}
