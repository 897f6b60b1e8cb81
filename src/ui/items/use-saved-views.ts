"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SavedView } from "@/domain/saved-view";
import { notify } from "@/ui/display/notify";
import { errorMessage, fieldErrorsOf } from "@/ui/error-message";
import { notePlace } from "@/ui/shell/place";
import { useTRPC } from "@/ui/trpc/client";

interface Following {
  onSaved?: () => void;
  /** Shows the view that was saved. As `showRest`, it is not called for who has gone elsewhere meanwhile. */
  show?: (view: SavedView) => void;
  /** Shows something else than the view that was deleted. */
  showRest?: () => void;
}

/** What changes saved views; the list is read anew before what follows. What has no field to stand at is told in a message. */
export function useSavedViews({ onSaved, show, showRest }: Following) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const reload = () => queryClient.invalidateQueries(trpc.view.list.queryFilter());
  const saved = async (view: SavedView, _asked: unknown, isStillHere: () => boolean) => {
    await reload();
    onSaved?.();
    if (isStillHere()) show?.(view);
    notify({ message: `Saved the view “${view.name}”.` });
  };
  const onError = (error: unknown) => {
    if (fieldErrorsOf(error).length === 0) notify({ color: "red", title: "The view was not saved", message: errorMessage(error) });
  };
  const create = useMutation(trpc.view.create.mutationOptions({ onMutate: notePlace, onSuccess: saved, onError }));
  const update = useMutation(trpc.view.update.mutationOptions({ onMutate: notePlace, onSuccess: saved, onError }));
  const remove = useMutation(
    trpc.view.remove.mutationOptions({
      onMutate: notePlace,
      onSuccess: async (_gone, _asked, isStillHere) => {
        // The address first: a view that is gone would show everything for a moment.
        if (isStillHere()) showRest?.();
        await reload();
        notify({ message: "The view was deleted. The items stay." });
      },
    }),
  );
  return { create, update, remove };
}
