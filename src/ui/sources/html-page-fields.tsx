"use client";
import { Fieldset, Select, Stack, Text, TextInput } from "@mantine/core";
import type { HtmlPageConfig } from "@/domain/source";
import { CODE_INPUT } from "./code-input";
import { ItemFieldsEditor } from "./item-fields-editor";
import { useSourceFormContext } from "./source-form-context";
import { newHtmlField } from "./source-form-values";

const SELECTORS = [
  {
    path: "itemSelector",
    label: "Item",
    description: "The element that holds one item. With any that is on the page, a test shows what else there is to pick from.",
    placeholder: "article",
    withAsterisk: true,
  },
  { path: "titleSelector", label: "Title", description: "Within the item. Empty: the item's text.", placeholder: "h2, h3" },
  { path: "linkSelector", label: "Link", description: "Within the item. Empty: the first link.", placeholder: "a[href]" },
  { path: "dateSelector", label: "Date of publication", placeholder: "time" },
  { path: "keySelector", label: "Key", description: "What stays the same from one collection to the next. Empty: the link.", placeholder: "[data-id]" },
] as const;

const ITEMS_FROM: { value: HtmlPageConfig["itemsFrom"]; label: string }[] = [
  { value: "selectors", label: "Elements that CSS selectors name" },
  { value: "structured_data", label: "What the page states: JSON-LD, microdata, Open Graph" },
];

/** How items are read from a web page. */
export function HtmlPageFields() {
  const form = useSourceFormContext();
  return (
    <>
      <Select label="Items are" data={ITEMS_FROM} allowDeselect={false} {...form.getInputProps("html.itemsFrom")} />
      {form.values.html.itemsFrom === "selectors" ? <SelectorFields /> : <StructuredDataFields />}
      <Text size="sm" c="dimmed">
        The page is read as the site sends it. No browser renders it, so what its scripts add is not seen.
      </Text>
    </>
  );
}

function StructuredDataFields() {
  const form = useSourceFormContext();
  return (
    <TextInput
      label="Types of things"
      description="Names of schema.org, with commas between them. Empty: what the page is about. Things are known again by what they call their id or SKU, else by their link."
      placeholder="Product, Event, NewsArticle"
      {...CODE_INPUT}
      {...form.getInputProps("html.itemTypes")}
    />
  );
}

function SelectorFields() {
  const form = useSourceFormContext();
  return (
    <>
      <Fieldset legend="Items (CSS selectors)">
        <Stack>
          {SELECTORS.map(({ path, ...input }) => (
            <TextInput key={path} {...input} {...CODE_INPUT} {...form.getInputProps(`html.${path}`)} />
          ))}
        </Stack>
      </Fieldset>
      <ItemFieldsEditor
        path="html.fields"
        hint="More fields to keep, by name: the text of an element or one of its attributes."
        columns={[
          { name: "name", label: "Name", placeholder: "image" },
          { name: "selector", label: "Selector", placeholder: "img" },
          { name: "attribute", label: "Attribute", placeholder: "src; empty: text" },
        ]}
        rows={form.values.html.fields}
        newRow={newHtmlField}
      />
    </>
  );
}
