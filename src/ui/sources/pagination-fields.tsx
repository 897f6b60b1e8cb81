"use client";
import { Fieldset, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { CODE_INPUT } from "./code-input";
import { useSourceFormContext } from "./source-form-context";
import type { PaginationFormValues } from "./source-form-values";

const TYPES: { value: PaginationFormValues["type"]; label: string }[] = [
  { value: "none", label: "One page only" },
  { value: "link_header", label: "The Link header names the next page" },
  { value: "cursor", label: "Each page holds a cursor to the next" },
  { value: "page_number", label: "Pages, or items, are counted in the address" },
];

/** How the following pages of a JSON API are found. */
export function PaginationFields() {
  const form = useSourceFormContext();
  const { type } = form.values.json.pagination;
  return (
    <Fieldset legend="More pages">
      <Stack>
        <Select label="Following pages" data={TYPES} allowDeselect={false} {...form.getInputProps("json.pagination.type")} />
        {type === "cursor" && <CursorFields />}
        {type === "page_number" && <PageNumberFields />}
        {type !== "none" && (
          <NumberInput
            label="Pages at most"
            description="Collecting stops here, whatever the site says."
            allowDecimal={false}
            w={{ base: "100%", xs: 220 }}
            {...form.getInputProps("json.pagination.maxPages")}
          />
        )}
      </Stack>
    </Fieldset>
  );
}

function CursorFields() {
  const form = useSourceFormContext();
  return (
    <Group grow align="flex-start">
      <TextInput
        label="Next cursor"
        description="JSONata over the page; nothing at the end."
        placeholder="meta.next_cursor"
        {...CODE_INPUT}
        {...form.getInputProps("json.pagination.cursorExpression")}
      />
      <TextInput
        label="Query parameter"
        description="Takes the cursor."
        placeholder="cursor"
        {...CODE_INPUT}
        {...form.getInputProps("json.pagination.cursorParameter")}
      />
    </Group>
  );
}

function PageNumberFields() {
  const form = useSourceFormContext();
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <TextInput
        label="Query parameter"
        description="Takes the number."
        placeholder="page"
        {...CODE_INPUT}
        {...form.getInputProps("json.pagination.pageParameter")}
      />
      <NumberInput label="First page" description="0 or 1 with most sites." allowDecimal={false} {...form.getInputProps("json.pagination.firstPage")} />
      <NumberInput label="Counts up by" description="1, or as many items as a page has." allowDecimal={false} {...form.getInputProps("json.pagination.step")} />
    </SimpleGrid>
  );
}
