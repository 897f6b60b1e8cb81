"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import type { Changes } from "@/domain/audit";
import type { Schedule } from "@/domain/schedule";
import type { ScheduleHistoryEntry } from "@/domain/schedule-history";
import { ChangeList } from "@/ui/audit/change-list";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { useRestore } from "./use-restore";

interface RestoreButtonProps {
  schedule: Schedule;
  entry: ScheduleHistoryEntry;
  /** What restoring would change. */
  changes: Changes;
  /** There are edits that are not saved. */
  isEdited: boolean;
  onRestored: () => void;
}

/** "Restore", with its question: what will be different. */
export function RestoreButton({ schedule, entry, changes, isEdited, onRestored }: RestoreButtonProps) {
  const [opened, dialog] = useDisclosure(false);
  const restore = useRestore(entry, onRestored);

  function close() {
    dialog.close();
    restore.reset();
  }

  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconHistory size={14} aria-hidden />}
        onClick={dialog.open}
        aria-label={`Restore version ${entry.version}`}
      >
        Restore
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Restore version ${entry.version}?`}
        confirmLabel="Restore version"
        cancelLabel="Keep as it is"
        confirmColor="route"
        onConfirm={() => restore.mutate({ version: schedule.version, id: entry.id })}
        pending={restore.isPending}
        error={restore.isError ? errorMessage(restore.error) : null}
      >
        <Stack gap="xs">
          <ChangeList changes={changes} timeZone={schedule.timeZone} />
          <Text size="sm">This becomes a new version. Whether the schedule is on or paused stays as it is, and nothing of the past is run.</Text>
          {isEdited && (
            <Text size="sm" fw={600}>
              Your unsaved changes are lost.
            </Text>
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
