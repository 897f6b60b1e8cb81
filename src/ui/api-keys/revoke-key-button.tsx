"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiKey } from "@/domain/api-key";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";

/** "Revoke", with its question: what stops, and when it was last seen working. */
export function RevokeKeyButton({ apiKey, timeZone }: { apiKey: ApiKey; timeZone: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const revoke = useMutation(
    trpc.apiKey.revoke.mutationOptions({
      onSuccess: () => {
        dialog.close();
        void queryClient.invalidateQueries(trpc.apiKey.list.queryFilter());
        notify({ message: `“${apiKey.name}” is revoked. Requests with it are refused.` });
      },
    }),
  );
  return (
    <>
      <Button size="compact-sm" variant="default" aria-label={`Revoke ${apiKey.name}, ${apiKey.prefix}`} onClick={dialog.open}>
        Revoke
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={`Revoke “${apiKey.name}”?`}
        confirmLabel="Revoke key"
        cancelLabel="Keep key"
        onConfirm={() => revoke.mutate({ id: apiKey.id })}
        pending={revoke.isPending}
        error={revoke.isError ? errorMessage(revoke.error) : null}
      >
        From now on every request with the key {apiKey.prefix}… is refused, and this cannot be taken back.{" "}
        {apiKey.lastUsedAt ? (
          <>
            It was last used <Instant at={apiKey.lastUsedAt} timeZone={timeZone} relative />, from {apiKey.lastUsedAddress ?? "an unknown address"}.
          </>
        ) : (
          "No program has used it yet."
        )}{" "}
        Runs that it started go on.
      </ConfirmDialog>
    </>
  );
}
