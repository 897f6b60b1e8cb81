"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SavedView } from "@/domain/saved-view";
import { notify } from "@/ui/display/notify";
import { errorMessage, fieldErrorsOf } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";

/** What changes saved views; the list is read anew before what follows. What has no field to stand at is told in a message. */
export function useSavedViews(onSaved: (view: SavedView) => void, onRemoved: () => void = () => {}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const reload = () => queryClient.invalidateQueries(trpc.view.list.queryFilter());
  const saved = async (view: SavedView) => {
    await reload();
    onSaved(view);
    notify({ message: `Saved the view “${view.name}”.` });
  };
  const onError = (error: unknown) => {
    if (fieldErrorsOf(error).length === 0) notify({ color: "red", title: "The view was not saved", message: errorMessage(error) });
  };
  const create = useMutation(trpc.view.create.mutationOptions({ onSuccess: saved, onError }));
  const update = useMutation(trpc.view.update.mutationOptions({ onSuccess: saved, onError }));
  const remove = useMutation(
    trpc.view.remove.mutationOptions({
      onSuccess: async () => {
        // The address first: a view that is gone would show everything for a moment.
        onRemoved();
        await reload();
        notify({ message: "The view was deleted. The items stay." });
      },
    }),
  );
  return { create, update, remove };
}
