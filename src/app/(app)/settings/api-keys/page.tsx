import type { Metadata } from "next";
import { Suspense } from "react";
import { ApiKeysView } from "@/ui/api-keys/api-keys-view";
import { findMember } from "@/ui/session/find-member";
import { mayManage } from "@/ui/session/may-manage";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "API keys" };

/** What programs show instead of a session. */
export default async function ApiKeysPage() {
  const member = await findMember();
  // Whoever may not see it is not asked for it: the refusal would stand in the log as a failure.
  if (member && mayManage(member.role)) prefetch(trpc.apiKey.list.queryOptions());
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ApiKeysView />
      </Suspense>
    </Hydrate>
  );
}
