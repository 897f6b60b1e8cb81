"use client";
import { Anchor, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Preset } from "@/domain/preset";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { AppLink } from "@/ui/shell/app-link";
import { useGo } from "@/ui/shell/use-go";
import { useTRPC } from "@/ui/trpc/client";
import { presetsHref } from "./presets-href";

/** "Delete preset", with its question. The server refuses while the schedule collects the preset. */
export function DeletePresetButton({ preset }: { preset: Preset }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { goOn } = useGo();
  const isUsed = preset.usedBySchedule;
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation(
    trpc.preset.remove.mutationOptions({
      onSuccess: () => {
        for (const path of [trpc.preset.list, trpc.source]) void queryClient.invalidateQueries(path.pathFilter());
        notify({ title: `Deleted “${preset.name}”`, message: "Its sources and their items stay." });
      },
    }),
  );
  // Not for whoever has left the form meanwhile.
  const leave = () => goOn(presetsHref());
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={dialog.open}>
        Delete preset
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={isUsed ? `“${preset.name}” is in use` : `Delete “${preset.name}”?`}
        confirmLabel={isUsed ? null : "Delete for good"}
        cancelLabel={isUsed ? "Close" : "Keep preset"}
        onConfirm={() => remove.mutate({ id: preset.id }, { onSuccess: leave })}
        pending={remove.isPending}
        error={remove.isError ? errorMessage(remove.error) : null}
      >
        {isUsed ? (
          <>
            The schedule collects this preset. Give{" "}
            <Anchor component={AppLink} href="/schedule" inherit underline="always">
              the schedule
            </Anchor>{" "}
            another one first, then delete it.
          </>
        ) : (
          "Its sources and their items stay. Past runs still name it."
        )}
      </ConfirmDialog>
    </>
  );
}
