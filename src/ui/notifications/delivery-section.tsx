"use client";
import { Stack, Text, Title } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { systemClock } from "@/domain/clock";
import type { Channel } from "@/domain/notification-channel";
import { DELIVERY_KEPT_DAYS } from "@/domain/notification-delivery";
import { LoadOlder } from "@/ui/display/load-older";
import { loadPart } from "@/ui/display/load-part";
import { useEver } from "@/ui/display/use-ever";
import { useAddressedView } from "@/ui/shell/use-addressed-view";
import { BusyArea } from "@/ui/states/busy-area";
import { EmptyState } from "@/ui/states/empty-state";
import { NoMatch } from "@/ui/states/no-match";
import { useTRPC } from "@/ui/trpc/client";
import { DELIVERY_PAGING, type DeliveryView, deliveryListInput, deliveryViewHref } from "./delivery-filter";
import { DeliveryFilterBar } from "./delivery-filter-bar";
import { DeliveryTable } from "./delivery-table";
import { isUnderWay } from "./delivery-words";

const DeliveryDrawer = dynamic(() => loadPart(() => import("./delivery-drawer").then((module) => module.DeliveryDrawer)), { ssr: false });

/** While a message is on its way, and else. */
const SOON_MS = 2_000;
const SOMETIMES_MS = 30_000;

interface DeliverySectionProps {
  view: DeliveryView;
  channels: readonly Channel[];
  canManage: boolean;
  timeZone: string;
}

/** Every message of the last weeks: filters, whose state is the address, and what became of each. */
export function DeliverySection(props: DeliverySectionProps) {
  const { view, channels } = props;
  const { chosen, pending, show, follow } = useAddressedView(view, deliveryViewHref);
  return (
    <Stack component="section" gap="sm" aria-labelledby="messages-title">
      <Title order={2} size="h3" id="messages-title">
        Messages
      </Title>
      <Text maw={720}>What was sent, what waits, and what receivers answered, of the last {DELIVERY_KEPT_DAYS} days.</Text>
      {(channels.length > 0 || isFiltered(chosen)) && <DeliveryFilterBar view={chosen} channels={channels} onChange={show} />}
      <BusyArea busy={pending}>
        <DeliveryList {...props} onClear={() => void follow({})} />
      </BusyArea>
    </Stack>
  );
}

const isFiltered = (view: DeliveryView) => Object.keys(view).length > 0;

function DeliveryList({ view, canManage, timeZone, onClear }: DeliverySectionProps & { onClear: () => void }) {
  const [shownId, setShownId] = useState<string | null>(null);
  const hasShown = useEver(shownId !== null);
  const query = useDeliveries(view);
  const deliveries = query.data.pages.flatMap((page) => page.deliveries);
  return (
    <Stack gap="sm">
      {deliveries.length === 0 ? (
        <NoDeliveries view={view} onClear={onClear} />
      ) : (
        <DeliveryTable deliveries={deliveries} timeZone={timeZone} onOpen={setShownId} />
      )}
      <LoadOlder query={query} end={deliveries.length > 10 ? "These are all the messages." : null} />
      {hasShown && <DeliveryDrawer id={shownId} canManage={canManage} timeZone={timeZone} onClose={() => setShownId(null)} />}
    </Stack>
  );
}

function useDeliveries(view: DeliveryView) {
  const { notification } = useTRPC();
  return useSuspenseInfiniteQuery(
    notification.deliveries.infiniteQueryOptions(deliveryListInput(view), {
      ...DELIVERY_PAGING,
      refetchInterval: ({ state }) => {
        const all = state.data?.pages.flatMap((page) => page.deliveries) ?? [];
        return all.some((delivery) => isUnderWay(delivery, systemClock.now())) ? SOON_MS : SOMETIMES_MS;
      },
    }),
  );
}

function NoDeliveries({ view, onClear }: { view: DeliveryView; onClear: () => void }) {
  if (!isFiltered(view)) return <EmptyState>No message yet. What rules tell, and tests, are listed here.</EmptyState>;
  return (
    <NoMatch clearHref={deliveryViewHref({})} onClear={onClear}>
      No message matches these filters.
    </NoMatch>
  );
}
