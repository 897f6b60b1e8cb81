"use client";
import { Button, Group, Stack } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { EmptyState } from "@/ui/states/empty-state";
import { ExportButton } from "./export-button";
import { type ItemView, itemViewHref } from "./item-filter";
import { ItemFilterBar } from "./item-filter-bar";
import { ItemList } from "./item-list";

/** The Items page: a filter bar whose state is the address, and the items that match. */
export function ItemsView({ view }: { view: ItemView }) {
  const router = useRouter();
  const { timeZone } = useMembership();
  const [pending, startTransition] = useTransition();
  const show = (next: ItemView) => startTransition(() => router.replace(itemViewHref(next), { scroll: false }));
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle>Items</PageTitle>
        <ExportButton view={view} />
      </Group>
      <ItemFilterBar view={view} onChange={show} />
      <div aria-busy={pending} style={{ opacity: pending ? 0.6 : 1 }}>
        <ItemList filter={view} timeZone={timeZone} refetchMs={30_000} announceCount empty={<NoItems view={view} />} />
      </div>
    </Stack>
  );
}

function NoItems({ view }: { view: ItemView }) {
  if (Object.keys(view).length === 0) {
    return (
      <EmptyState
        action={
          <Button component={AppLink} href="/runs" variant="default">
            Go to runs
          </Button>
        }
      >
        No items yet. They appear here as soon as a run has collected some.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      action={
        <Button component={AppLink} href="/items" variant="default">
          Clear filters
        </Button>
      }
    >
      No item matches {filterWords(view)}.
    </EmptyState>
  );
}

function filterWords(view: ItemView): string {
  const parts = [view.text && `“${view.text}”`, view.sourceId && "this source", view.runId && "this run"].filter(Boolean);
  return parts.join(" and ");
}
