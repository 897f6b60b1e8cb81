"use client";
import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconDotsVertical, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Schedule } from "@/domain/schedule";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";

/** What is done to a schedule seldom. */
export function ScheduleMenu({ schedule, onRemoved }: { schedule: Schedule; onRemoved: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { mutate, isPending, error, reset } = useMutation(
    trpc.schedule.remove.mutationOptions({
      onSuccess: () => {
        queryClient.setQueryData(trpc.schedule.get.queryKey(), null);
        notifications.show({ message: "The schedule is deleted. Nothing starts by itself any more." });
        onRemoved();
      },
      onError: () => void queryClient.invalidateQueries(trpc.schedule.get.queryFilter()),
    }),
  );

  function close() {
    setAsking(false);
    reset();
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More about the schedule">
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copyText(schedule.cronExpression)}>
            Copy cron expression
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
            Delete schedule
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title="Delete the schedule?"
        confirmLabel="Delete schedule"
        cancelLabel="Keep it"
        pending={isPending}
        error={error && errorMessage(error)}
        onConfirm={() => mutate({ version: schedule.version })}
      >
        Nothing starts by itself any more. Runs and items stay, and so do your sources and presets.
      </ConfirmDialog>
    </>
  );
}

/** The clipboard is closed to pages that are opened by plain http from another machine. */
async function copyText(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    notifications.show({ message: "Copied." });
  } catch {
    notifications.show({ title: "Could not copy", message: `The browser does not allow it here. The expression is ${text}` });
  }
}
