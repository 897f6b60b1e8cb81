import { UNSEEN_TAGS } from "@/domain/unseen-tags";
import { LOOKED_AT, type SampleElement, selectorsOf, textOf } from "./html-sample";
import { fieldNameOf, shortened } from "./sample-texts";

/** A value in a page's items, with the selector and the attribute that find it; without an attribute it is a text. */
export interface HtmlSampleField {
  selector: string;
  attribute: string;
  /** For a further field: letters, digits and underscores. */
  name: string;
  /** The value in the first item that has one. */
  sample: string;
}

const [MOST_FIELDS, MOST_IN_ITEM] = [60, 300];
/** Attributes that say something to people, by what a field of them is called. */
const ATTRIBUTES: Record<string, string> = { href: "link", src: "image", datetime: "date", content: "content", "data-id": "id", "data-price": "price" };

/** What the elements hold that the item selector names; nothing where it names none. */
export function readHtmlFields(page: SampleElement, itemSelector: string): HtmlSampleField[] {
  const fields = new Map<string, HtmlSampleField>();
  for (const item of itemsOf(page, itemSelector)) {
    for (const field of fieldsIn(item)) {
      const key = `${field.selector} ${field.attribute}`;
      if (!fields.has(key)) fields.set(key, field);
    }
  }
  return [...fields.values()].slice(0, MOST_FIELDS);
}

function itemsOf(page: SampleElement, itemSelector: string): SampleElement[] {
  try {
    return itemSelector.trim() === "" ? [] : Array.from(page.querySelectorAll(itemSelector)).slice(0, LOOKED_AT);
  } catch {
    // No selector yet.
    return [];
  }
}

function fieldsIn(item: SampleElement): HtmlSampleField[] {
  const firstOf = rememberFirst(item);
  const elements = Array.from(item.querySelectorAll("*")).slice(0, MOST_IN_ITEM);
  return elements.filter(({ localName }) => !UNSEEN_TAGS.includes(localName)).flatMap((element) => fieldsOf(selectorWithin(item, element, firstOf), element));
}

type FindFirst = (selector: string) => SampleElement | null;

function rememberFirst(item: SampleElement): FindFirst {
  const known = new Map<string, SampleElement | null>();
  return (selector) => {
    const found = known.has(selector) ? known.get(selector) : item.querySelector(selector);
    known.set(selector, found ?? null);
    return found ?? null;
  };
}

/** The text of an element that has one of its own, and those of its attributes that say something. */
function fieldsOf(selector: string | null, element: SampleElement): HtmlSampleField[] {
  if (selector === null) return [];
  const text = textOf(element);
  const isText = text !== "" && (element.children.length === 0 || /^(?:h[1-6]|a|p|time)$/.test(element.localName));
  const stated = Object.entries(ATTRIBUTES).flatMap(([attribute, name]) => {
    const value = element.getAttribute(attribute)?.trim();
    return value ? [{ selector, attribute, name, sample: shortened(value) }] : [];
  });
  return [...(isText ? [{ selector, attribute: "", name: nameOf(element), sample: shortened(text) }] : []), ...stated];
}

/** The shortest selector by which this element is the first that is found in its item; null where none is. */
function selectorWithin(item: SampleElement, element: SampleElement, firstOf: FindFirst): string | null {
  const selectors = [...selectorsOf(element)].reverse();
  const outer = element.parentElement === null || element.parentElement === item ? [] : selectorsOf(element.parentElement);
  return (
    [...selectors, ...outer.flatMap((parent) => selectors.map((selector) => `${parent} ${selector}`))].find((selector) => firstOf(selector) === element) ?? null
  );
}

function nameOf({ localName, classList }: SampleElement): string {
  if (/^h[1-6]$/.test(localName)) return "title";
  const name = Array.from(classList)[0] ?? (localName === "p" ? "summary" : localName);
  return fieldNameOf(name);
}
