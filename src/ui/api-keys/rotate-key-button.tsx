"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { type ApiKey, type IssuedApiKey, OVERLAP_HOURS } from "@/domain/api-key";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";

/** "Rotate", with its question: a new key in the place of this one, and time to change over. */
export function RotateKeyButton({ apiKey, onIssued }: { apiKey: ApiKey; onIssued: (issued: IssuedApiKey) => void }) {
  const trpc = useTRPC();
  const [opened, dialog] = useDisclosure(false);
  const rotate = useMutation(
    trpc.apiKey.rotate.mutationOptions({
      onSuccess: (issued) => {
        dialog.close();
        onIssued(issued);
      },
      // Nothing keeps the key but the dialog that shows it.
      gcTime: 0,
    }),
  );
  return (
    <>
      <Button size="compact-sm" variant="default" aria-label={`Rotate ${apiKey.name}, ${apiKey.prefix}`} onClick={dialog.open}>
        Rotate
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={`Rotate “${apiKey.name}”?`}
        confirmLabel="Make new key"
        cancelLabel="Keep key"
        confirmColor="route"
        onConfirm={() => rotate.mutate({ id: apiKey.id })}
        pending={rotate.isPending}
        error={rotate.isError ? errorMessage(rotate.error) : null}
      >
        A new key with the same name and scopes is made and shown once. The old one works for {OVERLAP_HOURS} more hours at most: give your programs the new one
        until then.
      </ConfirmDialog>
    </>
  );
}
