"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Source } from "@/domain/source";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { formatCount } from "@/ui/display/count";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";

/** "Delete source", with its question. The server refuses while a preset holds the source, and says which. */
export function DeleteSourceButton({ source }: { source: Source }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation(
    trpc.source.remove.mutationOptions({
      onSuccess: () => {
        for (const path of [trpc.source.list, trpc.preset.list, trpc.item.list]) void queryClient.invalidateQueries(path.pathFilter());
        notify({ title: `Deleted “${source.name}”`, message: "Its items are gone with it. Past runs still name it." });
        router.push("/sources");
      },
    }),
  );
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={dialog.open}>
        Delete source
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={`Delete “${source.name}”?`}
        confirmLabel="Delete for good"
        cancelLabel="Keep source"
        onConfirm={() => remove.mutate({ id: source.id })}
        pending={remove.isPending}
        error={remove.isError ? errorMessage(remove.error) : null}
      >
        {source.itemCount === 0 ? "It has no items." : itemsWords(source.itemCount)} This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

function itemsWords(count: number): string {
  return count === 1 ? "Its 1 item is deleted with it." : `Its ${formatCount(count)} items are deleted with it.`;
}
