"use client";
import { Switch } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Schedule } from "@/domain/schedule";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";

/** Turns the schedule on and off at once, ahead of the server's answer; a refusal turns it back and says why. */
export function EnabledSwitch({ schedule }: { schedule: Schedule }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const queryKey = trpc.schedule.get.queryKey();
  const { mutate, isPending } = useMutation(
    trpc.schedule.update.mutationOptions({
      onMutate: async ({ enabled }) => {
        await queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData(queryKey);
        // The next run is the server's to compute: none is shown until it has. A pause does not survive turning off.
        const ahead = { nextRunAt: null, dueAt: null, skipSlotAt: null, pausedAt: null, pausedUntil: null };
        queryClient.setQueryData(queryKey, (stored) => stored && { ...stored, ...ahead, enabled: enabled ?? stored.enabled });
        return { before };
      },
      onSuccess: (saved) => void queryClient.setQueryData(queryKey, saved),
      onError: (error, { enabled }, context) => {
        queryClient.setQueryData(queryKey, context?.before);
        void queryClient.invalidateQueries({ queryKey });
        notify({ color: "red", title: `The schedule is still ${enabled ? "off" : "on"}`, message: errorMessage(error) });
      },
    }),
  );
  return (
    <Switch
      label="Schedule on"
      size="md"
      checked={schedule.enabled}
      onChange={(event) => {
        if (!isPending) mutate({ version: schedule.version, enabled: event.currentTarget.checked });
      }}
    />
  );
}
