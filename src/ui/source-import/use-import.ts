"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTellIfGone } from "@/ui/display/use-tell-if-gone";
import { useTRPC } from "@/ui/trpc/client";

/** Imports a list in one go: all of it, or nothing where the server refuses. */
export function useImport() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const tellIfGone = useTellIfGone();
  return useMutation(
    trpc.source.import.mutationOptions({
      onError: (error) => tellIfGone("The list was not imported", error),
      onSuccess: () => {
        for (const path of [trpc.source, trpc.preset.list]) void queryClient.invalidateQueries(path.pathFilter());
      },
    }),
  );
}
