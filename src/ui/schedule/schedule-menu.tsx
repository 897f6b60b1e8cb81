"use client";
import { Menu } from "@mantine/core";
import { IconCopy, IconHistory, IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Schedule } from "@/domain/schedule";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { copyText } from "@/ui/display/copy-text";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { LazyHistoryDrawer } from "./lazy-history-drawer";
import { ScheduleMenuButton, type ScheduleMenuProps } from "./schedule-menu-button";
import type { ScheduleControl } from "./use-schedule-control";

/** What is done to a schedule seldom. */
export function ScheduleMenu({ schedule, presets, editor, control, onRemoved }: ScheduleMenuProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [looksBack, setLooksBack] = useState(false);
  const { mutate, isPending, error, reset } = useMutation(
    trpc.schedule.remove.mutationOptions({
      onSuccess: () => {
        queryClient.setQueryData(trpc.schedule.get.queryKey(), null);
        notify({ message: "The schedule is deleted. Nothing starts by itself any more." });
        editor.discard();
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
      {/* Within the page's landmarks, and without Mantine's placeholder, which is no menu item. */}
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ScheduleMenuButton />
        </Menu.Target>
        <Menu.Dropdown>
          {schedule.enabled && <ControlItems schedule={schedule} control={control} />}
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copyExpression(schedule.cronExpression)}>
            Copy cron
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={() => setLooksBack(true)}>
            Change history
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
            Delete schedule
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <LazyHistoryDrawer
        opened={looksBack}
        onClose={() => setLooksBack(false)}
        schedule={schedule}
        presets={presets}
        restoring={{
          isEdited: editor.isEdited,
          onRestored() {
            setLooksBack(false);
            editor.discard();
          },
        }}
      />
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
        Nothing starts by itself any more. Runs and items stay, and so do your sources, your presets and the change history.
        {editor.isEdited && " Your unsaved changes are lost."}
      </ConfirmDialog>
    </>
  );
}

function ControlItems({ schedule, control }: { schedule: Schedule; control: ScheduleControl }) {
  const { isPaused, isPending, ask, resume, skipNext } = control;
  if (isPaused) {
    return (
      <>
        <Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={resume} disabled={isPending}>
          Resume schedule
        </Menu.Item>
        <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={ask}>
          Change pause…
        </Menu.Item>
        <Menu.Divider />
      </>
    );
  }
  return (
    <>
      <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={ask}>
        Pause schedule…
      </Menu.Item>
      {schedule.nextRunAt && !schedule.skipSlotAt && (
        <Menu.Item leftSection={<IconPlayerSkipForward size={16} aria-hidden />} onClick={skipNext} disabled={isPending}>
          Skip next run
        </Menu.Item>
      )}
      <Menu.Divider />
    </>
  );
}

async function copyExpression(text: string) {
  if (await copyText(text)) notify({ message: "Copied." });
  else notify({ title: "Could not copy", message: `The browser does not allow it here. The expression is ${text}` });
}
