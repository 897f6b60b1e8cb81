"use client";
import { Button, Checkbox, Group, Radio, Select, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SeparatorName } from "@/domain/item-export";
import { CopyField } from "@/ui/display/copy-field";
import { useTRPC } from "@/ui/trpc/client";
import { type ExportChoice, exportAddress, exportCommand, INITIAL_CHOICE } from "./export-address";
import { scopeWords } from "./export-words";
import { ITEM_PAGING, type ItemView, itemListInput } from "./item-filter";

const FORMATS = [
  { value: "csv", label: "CSV", description: "For spreadsheets. One line an item, one column a field." },
  { value: "json", label: "JSON", description: "One array, with every field as it was collected." },
  { value: "jsonl", label: "JSON Lines", description: "One item a line, for programs that read large files." },
] as const;

const SEPARATORS: { value: SeparatorName; label: string }[] = [
  { value: "comma", label: "Comma" },
  { value: "semicolon", label: "Semicolon" },
  { value: "tab", label: "Tab" },
];

/** What is exported, as what, and the same as a command for programs. */
export function ExportPanel({ view, onDone }: { view: ItemView; onDone: () => void }) {
  const trpc = useTRPC();
  const [choice, setChoice] = useState(INITIAL_CHOICE);
  const change = (part: Partial<ExportChoice>) => setChoice((last) => ({ ...last, ...part }));
  const { data } = useInfiniteQuery(trpc.item.list.infiniteQueryOptions(itemListInput(view), ITEM_PAGING));
  const address = exportAddress(view, choice);
  return (
    <Stack>
      <Text>{scopeWords(data?.pages[0]?.total ?? null, Object.keys(view).length > 0)}</Text>
      <Radio.Group label="Format" value={choice.format} onChange={(format) => change({ format: format as ExportChoice["format"] })}>
        <Stack gap="xs" mt="xs">
          {FORMATS.map((format) => (
            <Radio key={format.value} {...format} />
          ))}
        </Stack>
      </Radio.Group>
      {choice.format === "csv" && <CsvOptions choice={choice} onChange={change} />}
      <CopyField label="The same for a program, with an API key that may read" value={exportCommand(window.location.origin, address)} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Close
        </Button>
        <Button component="a" href={address} download>
          Download file
        </Button>
      </Group>
    </Stack>
  );
}

function CsvOptions({ choice, onChange }: { choice: ExportChoice; onChange: (part: Partial<ExportChoice>) => void }) {
  return (
    <Stack gap="sm">
      <Select
        label="Separator"
        data={SEPARATORS}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={choice.separator}
        onChange={(separator) => separator && onChange({ separator })}
        w={{ base: "100%", xs: 220 }}
      />
      <Checkbox
        label="Protect against formulas"
        description="A spreadsheet would calculate a text that begins with =, +, - or @. It gets an apostrophe in front."
        checked={choice.formulaSafe}
        onChange={(event) => onChange({ formulaSafe: event.currentTarget.checked })}
      />
      <Checkbox
        label="For Excel"
        description="Begins the file with a byte order mark, so that Excel reads letters such as ü rightly."
        checked={choice.bom}
        onChange={(event) => onChange({ bom: event.currentTarget.checked })}
      />
    </Stack>
  );
}
