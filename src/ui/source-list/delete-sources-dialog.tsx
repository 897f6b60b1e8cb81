"use client";
import { Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { SourceDependents } from "@/domain/source-bulk";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { InUseList } from "@/ui/sources/in-use-list";
import { sourcesWords } from "@/ui/sources/sources-words";
import { useTRPCClient } from "@/ui/trpc/client";
import { deleteTitle, itemsGoWords } from "./dependents-words";
import type { Bulk } from "./use-bulk";

interface DeleteSourcesDialogProps {
  ids: string[];
  bulk: Bulk;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before sources are deleted: what goes with them, and which stay because presets hold them. */
export function DeleteSourcesDialog({ ids, bulk, onClose, onDeleted }: DeleteSourcesDialogProps) {
  const client = useTRPCClient();
  // Asked anew each time, and never again while the answer is read.
  const { data: dependents, error: unknown } = useQuery({
    queryKey: ["dependents of sources", ids],
    queryFn: ({ signal }) => client.source.dependents.mutate({ ids }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
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
      title={deleteTitle(ids.length, dependents)}
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
