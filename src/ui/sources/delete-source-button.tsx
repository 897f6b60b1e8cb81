"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CountedSource } from "@/domain/source";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useGo } from "@/ui/shell/use-go";
import { itemsGoWords } from "@/ui/source-list/dependents-words";
import { useTRPC } from "@/ui/trpc/client";
import { PresetLinks } from "./in-use-list";

/** "Delete source", with its question; while presets hold the source it says which. The server refuses then, too. */
export function DeleteSourceButton({ source }: { source: CountedSource }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { goOn } = useGo();
  const [opened, dialog] = useDisclosure(false);
  // Whether the schedule collects one of them matters to nobody but who opens the question.
  const { data: schedule } = useQuery(trpc.schedule.get.queryOptions(undefined, { enabled: opened }));
  const presets = source.presets.map((preset) => ({ ...preset, usedBySchedule: preset.id === schedule?.presetId }));
  const isUsed = presets.length > 0;
  const remove = useMutation(
    trpc.source.remove.mutationOptions({
      onSuccess: () => {
        for (const path of [trpc.source.list, trpc.source.page, trpc.preset.list, trpc.item.list]) void queryClient.invalidateQueries(path.pathFilter());
        notify({ title: `Deleted “${source.name}”`, message: "Its items are gone with it. Past runs still name it." });
      },
    }),
  );
  // Not for whoever has left the form meanwhile.
  const leave = () => goOn("/sources");
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={dialog.open}>
        Delete source
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={isUsed ? `“${source.name}” is in use` : `Delete “${source.name}”?`}
        confirmLabel={isUsed ? null : "Delete for good"}
        cancelLabel={isUsed ? "Close" : "Keep source"}
        onConfirm={() => remove.mutate({ id: source.id }, { onSuccess: leave })}
        pending={remove.isPending}
        error={remove.isError ? errorMessage(remove.error) : null}
      >
        {isUsed ? (
          <>
            <PresetLinks presets={presets} />. Take it out there first, then delete it. To stop collecting it at once, turn it off above.
          </>
        ) : (
          itemsGoWords([source])
        )}
      </ConfirmDialog>
    </>
  );
}
