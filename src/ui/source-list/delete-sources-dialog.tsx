"use client";
import { Skeleton, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { SourceDependents } from "@/domain/source-bulk";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { InUseList } from "@/ui/sources/in-use-list";
import { useTRPC } from "@/ui/trpc/client";
import { sourcesWords } from "./bulk-words";
import { itemsGoWords } from "./dependents-words";
import type { Bulk } from "./use-bulk";

interface DeleteSourcesDialogProps {
  ids: string[];
  bulk: Bulk;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before sources are deleted: what goes with them, and which stay because presets hold them. */
export function DeleteSourcesDialog({ ids, bulk, onClose, onDeleted }: DeleteSourcesDialogProps) {
  const { mutate: ask, data: dependents, error: unknown } = useMutation(useTRPC().source.dependents.mutationOptions());
  // What is chosen does not change while the question is asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => ask({ ids }), [ask]);
  const free = dependents?.filter(({ presets }) => presets.length === 0) ?? [];
  const { mutate, isPending, error } = bulk.remove;
  const finish = () => {
    onDeleted();
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${sourcesWords(dependents ? free.length : ids.length)}?`}
      confirmLabel={free.length > 0 ? "Delete for good" : null}
      cancelLabel={free.length > 0 ? "Keep sources" : "Close"}
      onConfirm={() => mutate({ ids }, { onSuccess: finish })}
      pending={isPending}
      error={(error ?? unknown) ? errorMessage(error ?? unknown) : null}
    >
      {dependents ? <Question free={free} used={dependents.filter(({ presets }) => presets.length > 0)} /> : <Skeleton height={60} />}
    </ConfirmDialog>
  );
}

function Question({ free, used }: { free: readonly SourceDependents[]; used: readonly SourceDependents[] }) {
  return (
    <Stack gap="sm">
      {free.length > 0 && <Text>{itemsGoWords(free)}</Text>}
      {used.length > 0 && (
        <>
          <Text>{used.length === 1 ? "1 source stays, because a preset holds it:" : `${sourcesWords(used.length)} stay, because presets hold them:`}</Text>
          <InUseList used={used} />
        </>
      )}
    </Stack>
  );
}
