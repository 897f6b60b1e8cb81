import type { Metadata } from "next";
import { Suspense } from "react";
import { NewSourceView } from "@/ui/sources/source-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "New source" };

/** The form of a new source. */
export default function NewSourcePage() {
  prefetch(trpc.member.me.queryOptions());
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <NewSourceView />
      </Suspense>
    </Hydrate>
  );
}
