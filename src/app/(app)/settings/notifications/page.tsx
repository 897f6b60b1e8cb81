import type { Metadata } from "next";
import { Suspense } from "react";
import { DELIVERY_PAGING, deliveryListInput, deliveryViewOf } from "@/ui/notifications/delivery-filter";
import { NotificationsView } from "@/ui/notifications/notifications-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Notifications" };

interface NotificationsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Who is told of what. */
export default async function NotificationsPage({ searchParams }: NotificationsPageProps) {
  const view = deliveryViewOf(await searchParams);
  const { channels, rules, mailStatus, deliveries } = trpc.notification;
  prefetch(channels.queryOptions());
  prefetch(rules.queryOptions());
  prefetch(mailStatus.queryOptions());
  void getQueryClient().prefetchInfiniteQuery(deliveries.infiniteQueryOptions(deliveryListInput(view), DELIVERY_PAGING));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton blocks={[40, 200, 160, 320]} />}>
        <NotificationsView view={view} />
      </Suspense>
    </Hydrate>
  );
}
