import type { Metadata } from "next";
import { Suspense } from "react";
import { AUDIT_PAGING, auditListInput, auditViewOf } from "@/ui/audit/audit-filter";
import { AuditPageView } from "@/ui/audit/audit-view";
import { findMember } from "@/ui/session/find-member";
import { mayManage } from "@/ui/session/may-manage";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Audit" };

interface AuditPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Who changed what. */
export default async function AuditPage({ searchParams }: AuditPageProps) {
  const view = auditViewOf(await searchParams);
  const member = await findMember();
  // Whoever may not see it is not asked for it: the refusal would stand in the log as a failure.
  if (member && mayManage(member.role)) {
    prefetch(trpc.audit.actors.queryOptions());
    void getQueryClient().prefetchInfiniteQuery(trpc.audit.list.infiniteQueryOptions(auditListInput(view), AUDIT_PAGING));
  }
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <AuditPageView view={view} />
      </Suspense>
    </Hydrate>
  );
}
