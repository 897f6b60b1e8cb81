import type { Metadata } from "next";
import { Suspense } from "react";
import { getOrNotFound } from "@/ui/session/get-or-not-found";
import { SourceView } from "@/ui/sources/source-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { Hydrate, prefetch, trpc } from "@/ui/trpc/server";

interface SourcePageProps {
  params: Promise<{ sourceId: string }>;
}

export async function generateMetadata({ params }: SourcePageProps): Promise<Metadata> {
  const { sourceId } = await params;
  const source = await getOrNotFound(trpc.source.get.queryOptions({ id: sourceId }));
  return { title: source.name };
}

/** One source. */
export default async function SourcePage({ params }: SourcePageProps) {
  const { sourceId } = await params;
  prefetch(trpc.member.me.queryOptions());
  await getOrNotFound(trpc.source.get.queryOptions({ id: sourceId }));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <SourceView sourceId={sourceId} />
      </Suspense>
    </Hydrate>
  );
}
