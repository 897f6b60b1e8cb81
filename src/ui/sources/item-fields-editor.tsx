"use client";
import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { focusNeighbour } from "@/ui/display/focus-neighbour";
import { CODE_INPUT } from "./code-input";
import { useSourceFormContext } from "./source-form-context";
import type { CsvFieldRow, HtmlFieldRow, JsonFieldRow } from "./source-form-values";

type FieldRow = JsonFieldRow | HtmlFieldRow | CsvFieldRow;

interface ItemFieldsEditorProps {
  path: "json.fields" | "html.fields" | "csv.fields";
  hint: string;
  columns: readonly { name: string; label: string; placeholder: string }[];
  rows: readonly FieldRow[];
  newRow: () => FieldRow;
}

/** The rows that name further fields to keep and say what each holds. */
export function ItemFieldsEditor({ path, hint, columns, rows, newRow }: ItemFieldsEditorProps) {
  const form = useSourceFormContext();
  return (
    <Fieldset legend="Further fields">
      <Stack>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
        {rows.map((row, index) => (
          <Group key={row.rowId} align="flex-start" role="group" aria-label={`Field ${index + 1}`}>
            {columns.map(({ name, label, placeholder }) => (
              <TextInput
                key={name}
                label={label}
                placeholder={placeholder}
                {...CODE_INPUT}
                flex="1 1 9rem"
                {...form.getInputProps(`${path}.${index}.${name}`)}
              />
            ))}
            <ActionIcon
              variant="default"
              size={36}
              mt={25}
              aria-label={`Remove field ${index + 1}`}
              onClick={({ currentTarget }) => {
                focusNeighbour(currentTarget);
                form.removeListItem(path, index);
              }}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button variant="default" size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => form.insertListItem(path, newRow())}>
            Add field
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
