"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ImportEntry } from "@/domain/source-import";
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
    mutationFn: async (listed: readonly ImportEntry[]) => {
      const entries = listed.map((entry, index) => ({ ...entry, line: index + 1 }));
      const known = (await client.preset.list.query()).find(({ name }) => name === PRESET_NAME);
      const { preset } = await client.source.import.mutate({ entries, preset: known ? { id: known.id } : { name: PRESET_NAME } });
      return preset;
    },
    onSuccess: async (preset) => {
      onAdded();
      // The next step shows it.
      await queryClient.invalidateQueries(trpc.preset.list.queryFilter());
      router.push(preset ? `/start/schedule?preset=${preset.id}` : "/start/schedule");
    },
  });
}
