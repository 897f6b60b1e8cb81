"use client";
import { Button, Stack } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { LoadOlder } from "@/ui/display/load-older";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { isNarrowed, SOURCE_PAGING, type SourceListView, sourceListHref, sourcePageInput } from "@/ui/sources/sources-tab";
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
  const router = useRouter();
  const { timeZone, canEdit } = useMembership();
  const [pending, startTransition] = useTransition();
  const query = useSuspenseInfiniteQuery(trpc.source.page.infiniteQueryOptions(sourcePageInput(view), { ...SOURCE_PAGING, refetchInterval: REFETCH_MS }));
  const sources = query.data.pages.flatMap((page) => page.sources);
  const [{ total, failing, all } = { total: 0, failing: 0, all: 0 }] = query.data.pages;
  const selection = useSelection(view);
  const show = (next: SourceListView) => startTransition(() => router.replace(sourceListHref(next), { scroll: false }));
  if (all === 0) return <NoSources canEdit={canEdit} />;
  return (
    <Stack gap="lg">
      <SourceFilterBar view={view} failing={failing} total={total} onChange={show} />
      {canEdit && <BulkBar selection={selection} match={view} total={total} failing={failing} shown={sources} />}
      <div aria-busy={pending} style={{ opacity: pending ? 0.6 : 1 }}>
        {sources.length === 0 ? (
          <NoMatch view={view} />
        ) : (
          <SourceTable sources={sources} timeZone={timeZone} view={view} selection={canEdit ? selection : null} onChange={show} />
        )}
      </div>
      <LoadOlder query={query} label="Load more" end={null} />
    </Stack>
  );
}

function NoMatch({ view }: { view: SourceListView }) {
  const isFailingOnly = view.failing && !isNarrowed({ ...view, failing: false });
  return (
    <EmptyState
      action={
        <Button component={AppLink} href="/sources" variant="default">
          {isFailingOnly ? "Show all sources" : "Clear filters"}
        </Button>
      }
    >
      {isFailingOnly ? "No source is failing." : "No source matches these filters."}
    </EmptyState>
  );
}
