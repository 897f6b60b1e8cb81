import type { Metadata } from "next";
import { RunStep } from "@/ui/setup/run-step";
import { getQueryClient, Hydrate, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "First run" };

/** Last step of setting up. */
export default async function FirstRunPage() {
  const queryClient = getQueryClient();
  await Promise.all([queryClient.prefetchQuery(trpc.schedule.get.queryOptions()), queryClient.prefetchQuery(trpc.preset.list.queryOptions())]);
  return (
    <Hydrate>
      <RunStep />
    </Hydrate>
  );
}
