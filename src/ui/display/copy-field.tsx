"use client";
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

const SAID_FOR_MS = 2_000;

/** A text to take along. Where the browser keeps pages from the clipboard (plain http from another machine) it can be selected by hand. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const clipboard = useClipboard({ timeout: SAID_FOR_MS });
  const [CopyIcon, word] = clipboard.copied ? [IconCheck, "Copied"] : [IconCopy, "Copy"];
  return (
    <div>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput readOnly flex={1} label={label} value={value} onFocus={(event) => event.currentTarget.select()} />
        <Button variant="default" leftSection={<CopyIcon size={16} aria-hidden />} onClick={() => clipboard.copy(value)}>
          <span role="status">{word}</span>
        </Button>
      </Group>
      {clipboard.error && (
        <Text size="sm" mt={6} c="var(--mantine-color-error)" role="alert">
          The browser does not allow copying here. Select the text and copy it by hand.
        </Text>
      )}
    </div>
  );
}
