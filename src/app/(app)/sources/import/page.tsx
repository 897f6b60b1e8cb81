import type { Metadata } from "next";
import { Suspense } from "react";
import { ImportView } from "@/ui/source-import/import-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Import sources" };

/** A list of sources from a feed reader or a table, looked at and then taken in. */
export default function ImportPage() {
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.source.list.queryOptions());
  prefetch(trpc.preset.list.queryOptions());
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ImportView />
      </Suspense>
    </Hydrate>
  );
}
