"use client";
import { Fieldset, Group, Select, Stack, TextInput } from "@mantine/core";
import type { CsvConfig } from "@/domain/source";
import { CODE_INPUT } from "./code-input";
import { ItemFieldsEditor } from "./item-fields-editor";
import { useSourceFormContext } from "./source-form-context";
import { newCsvField } from "./source-form-values";

const DELIMITERS: { value: CsvConfig["delimiter"]; label: string }[] = [
  { value: "auto", label: "Find out" },
  { value: "comma", label: "Comma" },
  { value: "semicolon", label: "Semicolon" },
  { value: "tab", label: "Tab" },
  { value: "pipe", label: "Vertical bar" },
];

const HEADERS: { value: CsvConfig["header"]; label: string }[] = [
  { value: "auto", label: "Find out" },
  { value: "present", label: "The names of the columns" },
  { value: "absent", label: "An item" },
];

const COLUMNS = [
  {
    path: "keyColumns",
    label: "Key columns",
    description: "What stays the same from one collection to the next, with commas between the names. Empty: id, key or url, else the whole row.",
    placeholder: "sku, country",
  },
  { path: "titleColumn", label: "Title", placeholder: "title" },
  { path: "linkColumn", label: "Link", placeholder: "url" },
  { path: "dateColumn", label: "Date of publication", placeholder: "date" },
] as const;

/** How items are read from a table in text. */
export function CsvFields() {
  const form = useSourceFormContext();
  return (
    <>
      <Fieldset legend="Table">
        <Group grow align="flex-start">
          <Select label="Delimiter" data={DELIMITERS} allowDeselect={false} {...form.getInputProps("csv.delimiter")} />
          <Select label="First row" data={HEADERS} allowDeselect={false} {...form.getInputProps("csv.header")} />
        </Group>
      </Fieldset>
      <Fieldset legend="Items (names of columns)">
        <Stack>
          {COLUMNS.map(({ path, ...input }) => (
            <TextInput key={path} {...input} {...CODE_INPUT} {...form.getInputProps(`csv.${path}`)} />
          ))}
        </Stack>
      </Fieldset>
      <ItemFieldsEditor
        path="csv.fields"
        hint="More fields to keep, by name. Without any, all columns are kept. Columns without a name are column_1, column_2 and so on."
        columns={[
          { name: "name", label: "Name", placeholder: "price" },
          { name: "column", label: "Column", placeholder: "Price in EUR" },
        ]}
        rows={form.values.csv.fields}
        newRow={newCsvField}
      />
    </>
  );
}
