import type { Metadata } from "next";
import { Suspense } from "react";
import { SOURCE_KINDS } from "@/domain/source";
import { NewSourceView } from "@/ui/sources/source-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "New source" };

interface NewSourcePageProps {
  searchParams: Promise<{ kind?: string | string[] }>;
}

/** The form of a new source, of the kind that the address names or else of a feed. */
export default async function NewSourcePage({ searchParams }: NewSourcePageProps) {
  const { kind } = await searchParams;
  prefetch(trpc.member.me.queryOptions());
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <NewSourceView kind={SOURCE_KINDS.find((each) => each === kind) ?? "feed"} />
      </Suspense>
    </Hydrate>
  );
}
