"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { SourceDefinition } from "@/domain/source";
import { useTRPC, useTRPCClient } from "@/ui/trpc/client";

const PRESET_NAME = "First sources";

/**
 * Makes the sources, and a preset of them, and goes on to the schedule. What an earlier try has made is taken as it is, so that an answer
 * that was lost, or a step back, makes nothing twice.
 */
export function useAddSources(onAdded: () => void) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async (definitions: readonly SourceDefinition[]) => {
      const sourceIds: string[] = [];
      const stored = await client.source.list.query();
      for (const definition of definitions) {
        const known = stored.find(({ url }) => url === definition.url);
        sourceIds.push(known?.id ?? (await client.source.create.mutate(definition)).id);
      }
      const preset = (await client.preset.list.query()).find(({ name }) => name === PRESET_NAME);
      if (!preset) return client.preset.create.mutate({ name: PRESET_NAME, sourceIds });
      const all = new Set([...preset.sources.map(({ id }) => id), ...sourceIds]);
      return client.preset.update.mutate({ id: preset.id, name: PRESET_NAME, sourceIds: [...all] });
    },
    onSuccess: async ({ id }) => {
      onAdded();
      // The next step shows it.
      await queryClient.invalidateQueries(trpc.preset.list.queryFilter());
      router.push(`/start/schedule?preset=${id}`);
    },
  });
}
