"use client";
import { Fieldset, Stack, TextInput } from "@mantine/core";
import { CODE_INPUT } from "./code-input";
import { ItemFieldsEditor } from "./item-fields-editor";
import { useSourceFormContext } from "./source-form-context";
import { newHtmlField } from "./source-form-values";

const SELECTORS = [
  { path: "itemSelector", label: "Item", description: "The element that holds one item.", placeholder: "article", withAsterisk: true },
  { path: "titleSelector", label: "Title", description: "Within the item. Empty: the item's text.", placeholder: "h2, h3" },
  { path: "linkSelector", label: "Link", description: "Within the item. Empty: the first link.", placeholder: "a[href]" },
  { path: "dateSelector", label: "Date of publication", placeholder: "time" },
  { path: "keySelector", label: "Key", description: "What stays the same from one collection to the next. Empty: the link.", placeholder: "[data-id]" },
] as const;

/** How items are read from a web page, by CSS selectors. */
export function HtmlPageFields() {
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
