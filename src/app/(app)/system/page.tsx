import type { Metadata } from "next";
import { Suspense } from "react";
import { may } from "@/domain/roles";
import { findMember } from "@/ui/session/find-member";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { SystemView } from "@/ui/system/system-view";
import { getQueryClient, Hydrate, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "System" };

/** The state of the installation. */
export default async function SystemPage() {
  const role = (await findMember())?.role;
  const queryClient = getQueryClient();
  // Waited for: the page does not suspend on them, as it must also show what cannot be read.
  await Promise.all([
    queryClient.prefetchQuery(trpc.system.status.queryOptions()),
    queryClient.prefetchQuery(trpc.system.collecting.queryOptions()),
    queryClient.prefetchQuery(trpc.system.slotRecord.queryOptions()),
    ...(role && may(role, "system.dueTimes") ? [queryClient.prefetchQuery(trpc.system.dueInstants.queryOptions())] : []),
    ...(role && may(role, "system.inspect")
      ? [queryClient.prefetchQuery(trpc.system.work.queryOptions()), queryClient.prefetchQuery(trpc.system.incidents.queryOptions())]
      : []),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <SystemView />
      </Suspense>
    </Hydrate>
  );
}
