"use client";
import { Button, FileButton, Group, Stack, Textarea } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { LIST_FILES, readListFile } from "./list-files";

interface ImportListFieldProps {
  text: string;
  onChange: (text: string) => void;
  problem: string | null;
}

/** The list, pasted or from a file, which the browser reads: what is sent is what the table shows. */
export function ImportListField({ text, onChange, problem }: ImportListFieldProps) {
  return (
    <Stack gap="sm">
      <Textarea
        label="List of sources"
        description="An OPML document, a CSV table with the headings url, name and kind, or one address a line with a name behind it."
        placeholder={"https://example.com/feed.xml The example\nhttps://example.org/rss"}
        autosize
        minRows={5}
        maxRows={14}
        spellCheck={false}
        value={text}
        error={problem}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group>
        <FileButton accept={LIST_FILES} onChange={(file) => void (file && readListFile(file).then(onChange))}>
          {(props) => (
            <Button variant="default" leftSection={<IconFileUpload size={16} aria-hidden />} {...props}>
              Choose file
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}
