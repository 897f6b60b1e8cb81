"use client";
import { Alert, Checkbox, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { CopyField } from "@/ui/display/copy-field";
import { ExternalLink } from "@/ui/items/external-link";
import { useLeaveGuard } from "@/ui/shell/leave-guard";

/** Whether the person has said that they stored what is shown once; where nothing is, they need not. */
export interface Stored {
  isStored: boolean;
  say: (isStored: boolean) => void;
}

/** @param isShown There is something to store; until it is, the page asks before it is left. */
export function useStored(isShown: boolean): Stored {
  const [isStored, say] = useState(!isShown);
  useLeaveGuard(!isStored);
  return { isStored, say };
}

/** The key that a webhook's messages are signed with, and what to do with it. */
export function SigningKey({ secret, stored }: { secret: string; stored: Stored }) {
  return (
    <Stack gap="sm">
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="This is the only time that the signing key is shown">
        Put it where the receiver reads its secrets.
      </Alert>
      <CopyField label="Signing key" value={secret} />
      <Text size="sm">
        With it the receiver knows that a message is from here and new: the signature is that of{" "}
        <ExternalLink url="https://www.standardwebhooks.com">Standard Webhooks</ExternalLink>, whose libraries check it in most languages.
      </Text>
      <Checkbox label="I have stored it" checked={stored.isStored} onChange={(event) => stored.say(event.currentTarget.checked)} />
    </Stack>
  );
}
