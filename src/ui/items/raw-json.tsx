"use client";
import { Button, Stack } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { JsonValue } from "@/domain/item";
import { JsonBlock } from "./item-fields";

const SAID_FOR_MS = 2_000;

/** A value as it is stored, to be copied; where the browser keeps pages from the clipboard it can be selected by hand. */
export function RawJson({ value }: { value: JsonValue }) {
  const clipboard = useClipboard({ timeout: SAID_FOR_MS });
  const [CopyIcon, word] = clipboard.copied ? [IconCheck, "Copied"] : [IconCopy, "Copy JSON"];
  return (
    <Stack gap="xs" align="stretch">
      <Button
        variant="default"
        size="compact-md"
        style={{ alignSelf: "flex-start" }}
        leftSection={<CopyIcon size={16} aria-hidden />}
        onClick={() => clipboard.copy(JSON.stringify(value, null, 2))}
      >
        <span role="status">{clipboard.error ? "Select the text and copy it by hand" : word}</span>
      </Button>
      <JsonBlock value={value} />
    </Stack>
  );
}
