"use client";
import { Button, Group, TextInput, type TextInputProps } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

const SAID_FOR_MS = 2_000;

/** A text to take along. Where the browser keeps pages from the clipboard (plain http from another machine) it can be selected by hand. */
export function CopyField({ value, ...props }: Omit<TextInputProps, "value"> & { value: string }) {
  const clipboard = useClipboard({ timeout: SAID_FOR_MS });
  const [CopyIcon, word] = clipboard.copied ? [IconCheck, "Copied"] : [IconCopy, "Copy"];
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap">
      <TextInput
        readOnly
        flex={1}
        value={value}
        error={clipboard.error && "The browser does not allow copying here. Select the text and copy it by hand."}
        onFocus={(event) => event.currentTarget.select()}
        {...props}
      />
      <Button variant="default" leftSection={<CopyIcon size={16} aria-hidden />} onClick={() => clipboard.copy(value)}>
        <span role="status">{word}</span>
      </Button>
    </Group>
  );
}
