/** As much of an element as is looked at; those of a browser fit. */
export interface SampleElement {
  readonly localName: string;
  readonly classList: ArrayLike<string>;
  readonly textContent: string | null;
  readonly children: ArrayLike<unknown>;
  readonly parentElement: SampleElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): SampleElement | null;
  querySelectorAll(selector: string): ArrayLike<SampleElement>;
}

/** A value in a page's items, with the selector and the attribute that find it; without an attribute it is a text. */
export interface HtmlSampleField {
  selector: string;
  attribute: string;
  /** For a further field: letters, digits and underscores. */
  name: string;
  /** The value in the first item that has one. */
  sample: string;
}

/** Elements that could be the items of a page. */
export interface HtmlSampleList {
  selector: string;
  count: number;
}

export interface HtmlSample {
  /** The likeliest first. */
  lists: HtmlSampleList[];
  /** Of the elements that the item selector names; empty where it names none. */
  fields: HtmlSampleField[];
}

const [MOST_LISTS, MOST_FIELDS, MOST_ELEMENTS, MOST_IN_ITEM, LOOKED_AT, LONGEST_SAMPLE] = [6, 60, 20_000, 300, 5, 80];
/** Without a class they may be items, and nothing else is. */
const ITEM_TAGS = ["article", "li", "tr"];
/** Shorter ones are labels and buttons. */
const SHORTEST_ITEM = 15;
/** Attributes that say something to people, by what a field of them is called. */
const ATTRIBUTES: Record<string, string> = { href: "link", src: "image", datetime: "date", content: "content", "data-id": "id", "data-price": "price" };

/** What can be picked from a web page: elements that could be its items, and what the items hold. */
export function readHtmlSample(page: SampleElement, itemSelector: string): HtmlSample {
  return { lists: listsIn(page), fields: fieldsIn(itemsOf(page, itemSelector)) };
}

function itemsOf(page: SampleElement, itemSelector: string): SampleElement[] {
  try {
    return itemSelector.trim() === "" ? [] : Array.from(page.querySelectorAll(itemSelector)).slice(0, LOOKED_AT);
  } catch {
    // No selector yet.
    return [];
  }
}

function listsIn(page: SampleElement): HtmlSampleList[] {
  const found = new Map<string, SampleElement[]>();
  for (const element of Array.from(page.querySelectorAll("*")).slice(0, MOST_ELEMENTS)) {
    for (const selector of selectorsOf(element)) {
      if (selector === element.localName && !ITEM_TAGS.includes(selector)) continue;
      const elements = found.get(selector) ?? [];
      elements.push(element);
      found.set(selector, elements);
    }
  }
  return [...found]
    .filter(([, elements]) => elements.length > 1)
    .map(([selector, elements]) => ({ selector, count: elements.length, likelihood: likelihoodOf(elements) }))
    .filter(({ likelihood }) => likelihood > 0)
    .sort((one, other) => other.likelihood - one.likelihood)
    .slice(0, MOST_LISTS)
    .map(({ selector, count }) => ({ selector, count }));
}

/** Items have a text of some length, lead somewhere, and there are several of them. */
function likelihoodOf(elements: readonly SampleElement[]): number {
  const first = elements.slice(0, LOOKED_AT);
  const length = first.reduce((sum, element) => sum + textOf(element).length, 0) / first.length;
  if (length < SHORTEST_ITEM) return 0;
  const leads = first.some((element) => element.getAttribute("href") !== null || element.querySelector("a[href]") !== null);
  return Math.log(Math.min(length, 400)) * Math.min(elements.length, 30) * (leads ? 2 : 1) * (first[0]?.localName === "article" ? 2 : 1);
}

function fieldsIn(items: readonly SampleElement[]): HtmlSampleField[] {
  const fields = new Map<string, HtmlSampleField>();
  for (const item of items) {
    const firstOf = rememberFirst(item);
    for (const element of Array.from(item.querySelectorAll("*")).slice(0, MOST_IN_ITEM)) {
      for (const field of fieldsOf(selectorWithin(item, element, firstOf), element)) {
        const key = `${field.selector} ${field.attribute}`;
        if (!fields.has(key)) fields.set(key, field);
      }
    }
  }
  return [...fields.values()].slice(0, MOST_FIELDS);
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

/** By its classes, then by its tag alone. Classes with other letters are a style sheet's own shorthand. */
function selectorsOf({ localName, classList }: SampleElement): string[] {
  const classes = Array.from(classList).filter((name) => /^[a-z][a-z0-9_-]{0,39}$/i.test(name));
  return [...classes.map((name) => `${localName}.${name}`), localName];
}

function nameOf({ localName, classList }: SampleElement): string {
  if (/^h[1-6]$/.test(localName)) return "title";
  const name = Array.from(classList)[0] ?? (localName === "p" ? "summary" : localName);
  return name
    .replace(/\W+/g, "_")
    .replace(/^(?=\d)/, "_")
    .slice(0, 40);
}

function textOf({ textContent }: SampleElement): string {
  return (textContent ?? "").replace(/\s+/g, " ").trim();
}

function shortened(text: string): string {
  return text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE)}…` : text;
}
