/** A text, or anything else that stands in an element. */
export interface HtmlNode {
  /** 3 is a text. */
  readonly nodeType: number;
  readonly textContent: string | null;
}

/** As much of an element of a web page as is looked at; those of a browser fit. */
export interface HtmlElement extends HtmlNode {
  readonly localName: string;
  readonly classList: ArrayLike<string>;
  readonly childNodes: ArrayLike<HtmlNode>;
  readonly children: ArrayLike<HtmlElement>;
  readonly parentElement: HtmlElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): ArrayLike<HtmlElement>;
}

const MOST_CLASSES = 5;

/** By its classes, then by its tag alone. Classes with other letters are a style sheet's own shorthand. Nothing names a tag such as `o:p`. */
export function selectorsOf(element: HtmlElement): string[] {
  return hasPlainTag(element) ? [...classSelectorsOf(element), element.localName] : [];
}

/** By its classes, if its tag can be named. */
export function classSelectorsOf(element: HtmlElement): string[] {
  return hasPlainTag(element) ? classesOf(element).map((name) => `${element.localName}.${name}`) : [];
}

/** Capitals stand in tags of SVG only, and selectors of web pages are read without them. */
export function hasPlainTag({ localName }: HtmlElement): boolean {
  return isPlainName(localName) && localName === localName.toLowerCase();
}

/** The first few of its classes that a selector can name without escapes. */
export function classesOf({ classList }: HtmlElement): string[] {
  return Array.from(classList).filter(isPlainName).slice(0, MOST_CLASSES);
}

/** Whether a selector can name it without escapes, and in few enough characters to be stored. */
export function isPlainName(name: string): boolean {
  return /^[a-z][a-z0-9_-]{0,39}$/i.test(name);
}

/** The text of an element, in one line. */
export function textOf({ textContent }: HtmlNode): string {
  return (textContent ?? "").replace(/\s+/g, " ").trim();
}
