import { type HtmlElement, textOf } from "./html-element";
import { type FindFirst, selectorWithin } from "./html-selector";
import { fieldNameOf, shortened } from "./sample-texts";
import { UNSEEN_TAGS } from "./unseen-tags";

/** A value in a page's items, with the selector and the attribute that find it; without an attribute it is a text. */
export interface HtmlSampleField {
  selector: string;
  attribute: string;
  /** For a further field: letters, digits and underscores. */
  name: string;
  /** The value in the first item that has one. */
  sample: string;
}

const [MOST_FIELDS, MOST_IN_ITEM, LOOKED_AT] = [60, 300, 5];
/** Attributes that say something to people, by what a field of them is called. */
const ATTRIBUTES: Record<string, string> = { href: "link", src: "image", datetime: "date", content: "content", "data-id": "id", "data-price": "price" };

/** What the elements hold that the item selector names; nothing where it names none. */
export function readHtmlFields(page: HtmlElement, itemSelector: string): HtmlSampleField[] {
  const fields = new Map<string, HtmlSampleField>();
  for (const item of itemsOf(page, itemSelector)) {
    for (const field of fieldsIn(item)) {
      const key = `${field.selector} ${field.attribute}`;
      if (!fields.has(key)) fields.set(key, field);
    }
  }
  return [...fields.values()].slice(0, MOST_FIELDS);
}

function itemsOf(page: HtmlElement, itemSelector: string): HtmlElement[] {
  try {
    return itemSelector.trim() === "" ? [] : Array.from(page.querySelectorAll(itemSelector)).slice(0, LOOKED_AT);
  } catch {
    // No selector yet.
    return [];
  }
}

function fieldsIn(item: HtmlElement): HtmlSampleField[] {
  const firstOf = rememberFirst(item);
  const elements = Array.from(item.querySelectorAll("*")).slice(0, MOST_IN_ITEM);
  return elements.filter(({ localName }) => !UNSEEN_TAGS.includes(localName)).flatMap((element) => fieldsOf(selectorWithin(item, element, firstOf), element));
}

function rememberFirst(item: HtmlElement): FindFirst {
  const known = new Map<string, HtmlElement | null>();
  return (selector) => {
    const found = known.has(selector) ? known.get(selector) : item.querySelector(selector);
    known.set(selector, found ?? null);
    return found ?? null;
  };
}

/** The text of an element that has one of its own, and those of its attributes that say something. */
function fieldsOf(selector: string | null, element: HtmlElement): HtmlSampleField[] {
  if (selector === null) return [];
  const text = textOf(element);
  const isText = text !== "" && (element.children.length === 0 || /^(?:h[1-6]|a|p|time)$/.test(element.localName));
  const stated = Object.entries(ATTRIBUTES).flatMap(([attribute, name]) => {
    const value = element.getAttribute(attribute)?.trim();
    return value ? [{ selector, attribute, name, sample: shortened(value) }] : [];
  });
  return [...(isText ? [{ selector, attribute: "", name: nameOf(element), sample: shortened(text) }] : []), ...stated];
}

function nameOf({ localName, classList }: HtmlElement): string {
  if (/^h[1-6]$/.test(localName)) return "title";
  const name = Array.from(classList)[0] ?? (localName === "p" ? "summary" : localName);
  return fieldNameOf(name);
}
