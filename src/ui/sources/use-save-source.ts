"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Source } from "@/domain/source";
import { notify } from "@/ui/display/notify";
import { useTRPC } from "@/ui/trpc/client";
import { collectionWords } from "./collection-words";
import type { CheckedSource } from "./source-form-check";

interface Save extends CheckedSource {
  enabled: boolean;
}

/** Stores a source: creates one where there is no id, then goes to the list; otherwise updates it and stays. */
export function useSaveSource(id: string | null, onSaved: (source: Source) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(trpc.source.create.mutationOptions());
  const update = useMutation(trpc.source.update.mutationOptions());

  const finish = (source: Source) => {
    queryClient.setQueryData(trpc.source.get.queryKey({ id: source.id }), source);
    for (const path of [trpc.source.list, trpc.source.page, trpc.preset.list, trpc.item.list]) void queryClient.invalidateQueries(path.pathFilter());
    onSaved(source);
    notify({ title: `Saved “${source.name}”`, message: collectionWords(source) });
    if (!id) router.push("/sources");
  };

  return {
    save: ({ definition, headers, enabled }: Save, onError: (error: unknown) => void) =>
      id
        ? update.mutate({ id, definition, headers, enabled }, { onSuccess: finish, onError })
        : create.mutate({ ...definition, headers }, { onSuccess: finish, onError }),
    // A source that was made is left for the list: nothing makes it twice meanwhile.
    isPending: create.isPending || create.isSuccess || update.isPending,
  };
}
