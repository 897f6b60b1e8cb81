"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { clearTheWay } from "@/ui/shell/back-guard";
import { leaveTo, mayLeave } from "@/ui/shell/leave-guard";
import { useTRPC } from "@/ui/trpc/client";

/** Lets the session go on in another of the reader's organizations, at this path, after asking about unsaved changes. */
export function useSwitchOrganization(path = "/schedule") {
  const [isLeaving, setLeaving] = useState(false);
  const { mutate, isPending } = useMutation(
    useTRPC().organization.switch.mutationOptions({
      onSuccess: async () => {
        setLeaving(true);
        await clearTheWay();
        // A whole page load: nothing of the organization before may stay in memory.
        leaveTo(path);
      },
      onError: (error) => notify({ color: "red", title: "You are still where you were", message: errorMessage(error) }),
    }),
  );
  const switchTo = (organizationId: string) => {
    if (mayLeave()) mutate({ organizationId });
  };
  return { switchTo, isPending: isPending || isLeaving };
}
