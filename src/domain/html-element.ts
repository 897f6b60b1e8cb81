/** A text, or anything else that stands in an element. */
export interface HtmlNode {
  /** As browsers number them. */
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

/** Finds headings. */
export const HEADINGS = "h1, h2, h3, h4, h5, h6";
/** Of an item, so many elements are looked at. */
export const MOST_IN_ITEM = 200;
const TEXT = 3;

/** The text of an element, in one line. */
export function textOf({ textContent }: HtmlNode): string {
  return (textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Whether it is a text that stands in an element. */
export function isText({ nodeType }: HtmlNode): boolean {
  return nodeType === TEXT;
}

/** What is looked at in an element. */
export function within(element: HtmlElement): HtmlElement[] {
  return Array.from(element.querySelectorAll("*")).slice(0, MOST_IN_ITEM);
}

/** Elements with a text of their own and no more than a mark or two in it. */
export function isLeaf({ children }: HtmlElement): boolean {
  return Array.from(children).every((child) => child.children.length === 0 && textOf(child) === "");
}
