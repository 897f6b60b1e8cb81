"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Source, SourceDefinition } from "@/domain/source";
import { useTRPC } from "@/ui/trpc/client";
import { collectionWords } from "./collection-words";

interface Save {
  definition: SourceDefinition;
  enabled: boolean;
}

/** Stores a source: creates one where there is no id, then goes to the list; otherwise updates it and stays. */
export function useSaveSource(id: string | null, onSaved: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(trpc.source.create.mutationOptions());
  const update = useMutation(trpc.source.update.mutationOptions());

  const finish = (source: Source) => {
    queryClient.setQueryData(trpc.source.get.queryKey({ id: source.id }), source);
    for (const path of [trpc.source.list, trpc.preset.list, trpc.item.list]) void queryClient.invalidateQueries(path.pathFilter());
    onSaved();
    notifications.show({ title: `Saved “${source.name}”`, message: collectionWords(source) });
    if (!id) router.push("/sources");
  };

  return {
    save: ({ definition, enabled }: Save, onError: (error: unknown) => void) =>
      id ? update.mutate({ id, definition, enabled }, { onSuccess: finish, onError }) : create.mutate(definition, { onSuccess: finish, onError }),
    isPending: create.isPending || update.isPending,
  };
}
