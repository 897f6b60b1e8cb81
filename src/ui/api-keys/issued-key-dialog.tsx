"use client";
import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import type { IssuedApiKey } from "@/domain/api-key";
import { copyText } from "@/ui/display/copy-text";
import { useLeaveGuard } from "@/ui/shell/leave-guard";
import { curlExample } from "./api-key-words";
import { CommandBlock } from "./curl-example";

interface IssuedKeyDialogProps {
  /** Null closes the dialog and forgets the key. */
  issued: IssuedApiKey | null;
  baseUrl: string;
  onClose: () => void;
}

const stayOpen = () => {};

/** Shows a key this once. It closes only when the person says that they have stored it. */
export function IssuedKeyDialog({ issued, baseUrl, onClose }: IssuedKeyDialogProps) {
  return (
    <Modal
      opened={issued !== null}
      onClose={stayOpen}
      title={issued ? `The API key “${issued.key.name}”` : ""}
      centered
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      {issued && <IssuedKey token={issued.token} baseUrl={baseUrl} onClose={onClose} />}
    </Modal>
  );
}

function IssuedKey({ token, baseUrl, onClose }: { token: string; baseUrl: string; onClose: () => void }) {
  const [isStored, setStored] = useState(false);
  useLeaveGuard(!isStored);
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="This is the only time that the key is shown">
        Put it where your program reads its secrets. Milkrun keeps no copy of it.
      </Alert>
      <KeyField token={token} />
      <Text size="sm">Try it:</Text>
      <CommandBlock>{curlExample(baseUrl, token)}</CommandBlock>
      <Checkbox label="I have stored it" checked={isStored} onChange={(event) => setStored(event.currentTarget.checked)} />
      <Group justify="flex-end">
        <Button onClick={onClose} disabled={!isStored}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

function KeyField({ token }: { token: string }) {
  const [said, setSaid] = useState("");

  async function copy() {
    setSaid((await copyText(token)) ? "Copied" : "The browser does not allow it here. Select the key and copy it by hand.");
  }

  return (
    <div>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label="Key"
          value={token}
          readOnly
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          flex={1}
          data-autofocus
        />
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
          Copy
        </Button>
      </Group>
      <Text size="sm" role="status" mih="1.5em">
        {said}
      </Text>
    </div>
  );
}
