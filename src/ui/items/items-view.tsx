"use client";
import { Button, Group, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { useAddressedView } from "@/ui/shell/use-addressed-view";
import { BusyArea } from "@/ui/states/busy-area";
import { EmptyState } from "@/ui/states/empty-state";
import { useTRPC } from "@/ui/trpc/client";
import { ExportButton } from "./export-button";
import { addressAfter, type ItemsAddress, isFiltered, itemsHref, itemViewHref, shownFilter } from "./item-filter";
import { ItemFilterBar } from "./item-filter-bar";
import { ItemList } from "./item-list";
import { NoMatchingItems } from "./no-matching-items";
import { SavedViewBar } from "./saved-view-bar";

/** The Items page: saved views, a filter bar whose state is the address, and the items that match. */
export function ItemsView({ address }: { address: ItemsAddress }) {
  const { timeZone, canEdit } = useMembership();
  const { data: views } = useSuspenseQuery(useTRPC().view.list.queryOptions());
  const { chosen, pending, show, follow } = useAddressedView(address, itemsHref);
  const filter = shownFilter(address, views);
  const chosenFilter = shownFilter(chosen, views);
  const saved = views.find(({ id }) => id === chosen.savedViewId);
  const clear = () => void follow({ filter: {} });
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle>Items</PageTitle>
        <ExportButton view={filter} />
      </Group>
      <SavedViewBar views={views} saved={saved} filter={chosenFilter} canEdit={canEdit} onShow={show} onFollow={follow} />
      <ItemFilterBar view={chosenFilter} onChange={(next) => show(addressAfter(next, saved))} onClear={clear} />
      <BusyArea busy={pending}>
        <ItemList
          key={itemViewHref(filter)}
          filter={filter}
          timeZone={timeZone}
          refetchMs={30_000}
          isPage
          empty={isFiltered(filter) ? <NoMatchingItems filter={filter} onClear={clear} /> : <NoItems />}
        />
      </BusyArea>
    </Stack>
  );
}

function NoItems() {
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
