import type { Metadata } from "next";
import { Suspense } from "react";
import { MembersView } from "@/ui/members/members-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Members" };

/** Who belongs to the organization, and what each may do. */
export default function MembersPage() {
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.member.list.queryOptions());
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <MembersView />
      </Suspense>
    </Hydrate>
  );
}
