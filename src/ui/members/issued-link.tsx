"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { INVITATION_HOURS, type IssuedInvitation } from "@/domain/invitation";
import { CopyField } from "@/ui/display/copy-field";

interface IssuedLinkProps {
  issued: IssuedInvitation;
  onDone: () => void;
}

/** How the link of an invitation reaches the invited: by mail, or by the hand of whoever invited, who sees it this once. */
export function IssuedLink({ issued: { invitation, delivery }, onDone }: IssuedLinkProps) {
  return (
    <Stack>
      {delivery.way === "mail" ? (
        <Text>
          {invitation.email} gets a message with a link that works once, within {INVITATION_HOURS} hours.
        </Text>
      ) : (
        <>
          {delivery.problem && (
            <Alert color="yellow" title="The invitation was not mailed" icon={<IconAlertTriangle aria-hidden />} role="alert">
              {delivery.problem} The invitation stands: hand the link over yourself.
            </Alert>
          )}
          <Text>
            Send this link to {invitation.email}. It works once, within {INVITATION_HOURS} hours, and is not shown again.
          </Text>
          <CopyField label="Invitation link" value={delivery.url} />
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
