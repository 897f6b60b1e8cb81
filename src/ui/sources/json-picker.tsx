"use client";
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { freeName } from "./free-name";
import { readJsonSample, type SampleField } from "./json-sample";
import { type Purpose, SamplePicker } from "./sample-picker";
import { useSourceFormContext } from "./source-form-context";
import { newJsonField } from "./source-form-values";

/** What the page of an API holds, as buttons that fill in the form above. */
export function JsonPicker({ body }: { body: string }) {
  const form = useSourceFormContext();
  const { itemsExpression } = form.values.json;
  const sample = useMemo(() => readJsonSample(body, itemsExpression), [body, itemsExpression]);
  if (!sample) return <Text>There is nothing to pick from: the answer is no JSON, or too long to be read here. Type the expressions above.</Text>;
  const lists = sample.lists.map(({ expression, count }) => ({ value: expression, label: `${expression || "The page itself"} (${count})` }));

  function pick({ expression, name }: SampleField, purpose: Purpose) {
    if (purpose === "fields") form.insertListItem("json.fields", newJsonField({ name: freeName(name, form.getValues().json.fields), expression }));
    else form.setFieldValue(`json.${purpose}Expression`, expression);
  }

  return (
    <SamplePicker
      // Where there is one list it needs no choice.
      lists={lists.length > 1 ? lists : []}
      chosen={itemsExpression}
      fields={sample.fields.map((field) => ({ ...field, label: field.expression }))}
      onList={(expression) => form.setFieldValue("json.itemsExpression", expression)}
      onField={pick}
    />
  );
}
