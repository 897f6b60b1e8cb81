"use client";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { CopyField } from "@/ui/display/copy-field";
import { useOneClick } from "@/ui/display/use-one-click";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import type { MemberDialogProps } from "./remove-member-dialog";

/** Makes a link by which a member chooses a new password, for whoever asks to pass on. It is shown once. */
export function ResetLinkDialog({ opened, onClose, member }: MemberDialogProps) {
  const { mutate, data, isPending, error, reset } = useMutation(useTRPC().member.resetLink.mutationOptions());
  const once = useOneClick(isPending);
  const close = () => {
    onClose();
    reset();
  };
  return (
    <Modal opened={opened} onClose={close} title={`New password for ${member.name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        {data ? (
          <>
            <CopyField label="Reset link" value={data.url} />
            <Text size="sm">
              Give it to {member.name} and to nobody else: whoever opens it signs in as them. It works once, for 30 minutes, and is not shown again. Using it
              signs them out everywhere.
            </Text>
          </>
        ) : (
          <Text size="sm">
            A link by which {member.name} chooses a new password. Their present password works until they have used it. The audit records that you made it.
          </Text>
        )}
        {error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {errorMessage(error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Close
          </Button>
          {!data && (
            <Button loading={isPending} onClick={() => once(() => mutate({ userId: member.userId }))}>
              Make reset link
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
