"use client";
import { useMemo } from "react";
import { type HtmlSampleField, readHtmlFields } from "@/domain/html-fields";
import { readHtmlLists } from "@/domain/html-lists";
import { UNSEEN_TAGS } from "@/domain/unseen-tags";
import { freeName } from "./free-name";
import { type Purpose, SamplePicker } from "./sample-picker";
import { useSourceFormContext } from "./source-form-context";
import { newHtmlField } from "./source-form-values";

/** Where the collector looks for each of these in its element; "" is its text. A further field takes what its row says. */
const LOOKED_FOR: Record<Exclude<Purpose, "fields">, string[]> = {
  key: ["", "data-id", "href", "content"],
  title: [""],
  link: ["href"],
  date: ["", "datetime", "content"],
};

const isFit = ({ attribute }: HtmlSampleField, purpose: Purpose) => purpose === "fields" || LOOKED_FOR[purpose].includes(attribute);

/** What a web page holds, as buttons that fill in the form above. The page is taken apart here, and neither shown nor run. */
export function HtmlPicker({ body }: { body: string }) {
  const form = useSourceFormContext();
  const { itemSelector } = form.values.html;
  const page = useMemo(() => parsePage(body), [body]);
  const lists = useMemo(() => readHtmlLists(page), [page]);
  const fields = useMemo(() => readHtmlFields(page, itemSelector), [page, itemSelector]);

  function pick({ selector, attribute, name }: HtmlSampleField, purpose: Purpose) {
    if (purpose === "fields") form.insertListItem("html.fields", newHtmlField({ name: freeName(name, form.getValues().html.fields), selector, attribute }));
    else form.setFieldValue(`html.${purpose}Selector`, selector);
  }

  return (
    <SamplePicker
      lists={lists.map(({ selector, count }) => ({ value: selector, label: `${selector} (${count})` }))}
      chosen={itemSelector}
      fields={fields.map((field) => ({ ...field, label: field.attribute === "" ? field.selector : `${field.selector}[${field.attribute}]` }))}
      isFit={isFit}
      onList={(selector) => form.setFieldValue("html.itemSelector", selector)}
      onField={pick}
    />
  );
}

/** Elements that nothing is collected from stay in their places, empty: this parser would take what is in a noscript for elements. */
function parsePage(body: string): Element {
  const page = new DOMParser().parseFromString(body, "text/html").documentElement;
  for (const unseen of page.querySelectorAll(UNSEEN_TAGS.join())) unseen.replaceChildren();
  return page;
}
