"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Source } from "@/domain/source";
import { notify } from "@/ui/display/notify";
import { useTellIfGone } from "@/ui/display/use-tell-if-gone";
import { useGo } from "@/ui/shell/use-go";
import { useTRPC } from "@/ui/trpc/client";
import { collectionWords } from "./collection-words";
import { overtakenBy } from "./overtaken-by";
import type { CheckedSource } from "./source-form-check";

interface Save extends CheckedSource {
  enabled: boolean;
  /** That the change is based on. */
  revision: string | undefined;
}

/** What follows for the form, as long as it is there. */
interface Saved {
  onSaved: (source: Source) => void;
  onError: (error: unknown) => void;
}

/** Stores a source: creates one where there is no id, then goes to the list; otherwise updates it and stays. */
export function useSaveSource(id: string | null) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { goOn } = useGo();

  // Even when the form was left meanwhile.
  const onSuccess = (source: Source) => {
    queryClient.setQueryData(trpc.source.get.queryKey({ id: source.id }), (before) => before && { ...before, ...source });
    // The source itself, too: what was asked before it was stored would come after it, and the form follows what comes.
    for (const path of [trpc.source.get, trpc.source.list, trpc.source.page, trpc.preset.list, trpc.item.list])
      void queryClient.invalidateQueries(path.pathFilter());
    notify({ title: `Saved “${source.name}”`, message: collectionWords(source) });
  };
  const tellIfGone = useTellIfGone();
  const create = useMutation(trpc.source.create.mutationOptions({ onSuccess, onError: (error, { name }) => tellIfGone(`“${name}” was not saved`, error) }));
  const update = useMutation(
    trpc.source.update.mutationOptions({
      onSuccess,
      onError: (error, { definition }) => {
        tellIfGone(`“${definition.name}” was not saved`, error);
        return overtakenBy(error) ? queryClient.invalidateQueries(trpc.source.get.queryFilter()) : undefined;
      },
    }),
  );

  return {
    save({ definition, headers, enabled, revision }: Save, { onSaved, onError }: Saved) {
      if (id) update.mutate({ id, definition, headers, enabled, revision }, { onSuccess: onSaved, onError });
      else create.mutate({ ...definition, headers }, { onSuccess: leave, onError });

      function leave(source: Source) {
        onSaved(source);
        void goOn("/sources");
      }
    },
    // A source that was made is left for the list: nothing makes it twice meanwhile.
    isPending: create.isPending || create.isSuccess || update.isPending,
  };
}
