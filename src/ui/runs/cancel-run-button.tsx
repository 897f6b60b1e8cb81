"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunDetail } from "@/domain/run";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";

/** "Cancel run", with its question. Afterwards it reads "Cancelling…" until the worker has confirmed. */
export function CancelRunButton({ run }: { run: RunDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const cancel = useMutation(
    trpc.run.cancel.mutationOptions({
      onSuccess: (detail) => {
        queryClient.setQueryData(trpc.run.get.queryKey({ runId: run.id }), detail);
        dialog.close();
      },
    }),
  );
  const cancelling = run.cancelRequestedAt !== null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={dialog.open} disabled={cancelling}>
        {cancelling ? "Cancelling…" : "Cancel run"}
      </Button>
      <ConfirmDialog
        opened={opened && !cancelling}
        onClose={dialog.close}
        title="Stop this run?"
        confirmLabel="Stop run"
        cancelLabel="Keep running"
        onConfirm={() => cancel.mutate({ runId: run.id })}
        pending={cancel.isPending}
        error={cancel.isError ? errorMessage(cancel.error) : null}
      >
        Items already collected stay. {waitingWords(run)}
      </ConfirmDialog>
    </>
  );
}

function waitingWords(run: RunDetail): string {
  const waiting = run.sources.filter((source) => source.status === "queued").length;
  if (waiting === 0) return "";
  return waiting === 1 ? "1 source has not started." : `${waiting} sources have not started.`;
}
