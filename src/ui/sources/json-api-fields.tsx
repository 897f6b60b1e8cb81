"use client";
import { Fieldset, Stack, TextInput } from "@mantine/core";
import { CODE_INPUT } from "./code-input";
import { ItemFieldsEditor } from "./item-fields-editor";
import { PaginationFields } from "./pagination-fields";
import { useSourceFormContext } from "./source-form-context";
import { newJsonField } from "./source-form-values";

const EXPRESSIONS = [
  {
    path: "itemsExpression",
    label: "List of items",
    description: "Where the page holds the list. Empty: the page is the list, or its only array is.",
    placeholder: "data.items",
  },
  {
    path: "keyExpression",
    label: "Key",
    description: "What stays the same from one collection to the next. Empty: id, key, uuid, guid, objectID, url or another link, however written.",
    placeholder: "id",
  },
  { path: "titleExpression", label: "Title", placeholder: "title" },
  { path: "linkExpression", label: "Link", placeholder: "html_url" },
  { path: "dateExpression", label: "Date of publication", placeholder: "created_at" },
] as const;

/** How items are read from a JSON API. All expressions are JSONata. */
export function JsonApiFields() {
  const form = useSourceFormContext();
  return (
    <>
      <Fieldset legend="Items (JSONata expressions)">
        <Stack>
          {EXPRESSIONS.map(({ path, ...input }) => (
            <TextInput key={path} {...input} {...CODE_INPUT} {...form.getInputProps(`json.${path}`)} />
          ))}
        </Stack>
      </Fieldset>
      <ItemFieldsEditor
        path="json.fields"
        hint="More fields to keep, by name. Without any, the whole item is kept."
        columns={[
          { name: "name", label: "Name", placeholder: "author" },
          { name: "expression", label: "Expression", placeholder: "user.login" },
        ]}
        rows={form.values.json.fields}
        newRow={newJsonField}
      />
      <PaginationFields />
    </>
  );
}
