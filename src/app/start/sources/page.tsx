import type { Metadata } from "next";
import { SourcesStep } from "@/ui/setup/sources-step";
import { getQueryClient, Hydrate, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "First sources" };

/** Third step of setting up. */
export default async function FirstSourcesPage() {
  await getQueryClient().prefetchQuery(trpc.preset.list.queryOptions());
  return (
    <Hydrate>
      <SourcesStep />
    </Hydrate>
  );
}
