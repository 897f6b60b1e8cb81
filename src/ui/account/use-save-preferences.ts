"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Preferences } from "@/domain/preferences";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { usePreferences } from "@/ui/time/preferences";
import { useTRPC } from "@/ui/trpc/client";

/** Changes part of the reader's preferences. Every page shows it at once, ahead of the server's answer; a refusal turns it back and says why. */
export function useSavePreferences() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const preferences = usePreferences();
  const queryKey = trpc.member.me.queryKey();
  const show = (shown: Preferences) => queryClient.setQueryData(queryKey, (me) => me && { ...me, preferences: shown });
  const { mutate } = useMutation(
    trpc.account.savePreferences.mutationOptions({
      // One after the other: each holds all of them, and a slow one must not undo what was chosen after it.
      scope: { id: "preferences" },
      onMutate: async (chosen) => {
        await queryClient.cancelQueries({ queryKey });
        show(chosen);
        return { before: preferences };
      },
      onError: (error, _, context) => {
        if (context) show(context.before);
        // What was chosen since may be stored all the same.
        void queryClient.invalidateQueries({ queryKey });
        notify({ color: "red", title: "Your preference was not saved", message: errorMessage(error) });
      },
    }),
  );
  return (part: Partial<Preferences>) => mutate({ ...preferences, ...part });
}
