import type { Metadata } from "next";
import { Suspense } from "react";
import { AccountView } from "@/ui/account/account-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Your account" };

/** A person's own account. */
export default function AccountPage() {
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.account.sessions.queryOptions());
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton blocks={[40, 260, 200]} />}>
        <AccountView />
      </Suspense>
    </Hydrate>
  );
}
