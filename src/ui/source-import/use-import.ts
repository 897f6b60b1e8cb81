"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";

/** Imports a list in one go: all of it, or nothing where the server refuses. */
export function useImport() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.source.import.mutationOptions({
      onSuccess: () => {
        for (const path of [trpc.source, trpc.preset.list]) void queryClient.invalidateQueries(path.pathFilter());
      },
    }),
  );
}
