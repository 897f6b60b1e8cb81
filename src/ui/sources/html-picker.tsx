"use client";
import { useMemo } from "react";
import { freeName } from "./free-name";
import { type HtmlSampleField, readHtmlSample } from "./html-sample";
import { type Purpose, SamplePicker } from "./sample-picker";
import { useSourceFormContext } from "./source-form-context";
import { newHtmlField } from "./source-form-values";

/** What a web page holds, as buttons that fill in the form above. The page is taken apart here, and neither shown nor run. */
export function HtmlPicker({ body }: { body: string }) {
  const form = useSourceFormContext();
  const { itemSelector } = form.values.html;
  const page = useMemo(() => new DOMParser().parseFromString(body, "text/html").documentElement, [body]);
  const { lists, fields } = useMemo(() => readHtmlSample(page, itemSelector), [page, itemSelector]);

  function pick({ selector, attribute, name }: HtmlSampleField, purpose: Purpose) {
    if (purpose === "fields") form.insertListItem("html.fields", newHtmlField({ name: freeName(name, form.getValues().html.fields), selector, attribute }));
    else form.setFieldValue(`html.${purpose}Selector`, selector);
  }

  return (
    <SamplePicker
      lists={lists.map(({ selector, count }) => ({ value: selector, label: `${selector} (${count})` }))}
      chosen={itemSelector}
      fields={fields.map((field) => ({ ...field, label: field.attribute === "" ? field.selector : `${field.selector}[${field.attribute}]` }))}
      onList={(selector) => form.setFieldValue("html.itemSelector", selector)}
      onField={pick}
    />
  );
}
