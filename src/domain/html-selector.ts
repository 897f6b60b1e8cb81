import type { HtmlElement } from "./html-element";

const MOST_CLASSES = 5;
const CELLS = ["td", "th"];

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

/** The first element that a selector finds in an item. */
export type FindFirst = (selector: string) => HtmlElement | null;

/** The shortest selector by which this element is the first that is found in its item; null where none is. */
export function selectorWithin(item: HtmlElement, element: HtmlElement, firstOf: FindFirst = (selector) => item.querySelector(selector)): string | null {
  const selectors = [...selectorsOf(element)].reverse();
  const outer = element.parentElement === null || element.parentElement === item ? [] : selectorsOf(element.parentElement);
  const named = [...selectors, ...outer.flatMap((parent) => selectors.map((selector) => `${parent} ${selector}`))];
  return [...named, ...columnOf(element)].find((selector) => firstOf(selector) === element) ?? null;
}

/** What stands in a column of a table says the same in every row, where cells of lists of other kinds come and go. */
function columnOf(element: HtmlElement): string[] {
  const { localName, parentElement } = element;
  if (!CELLS.includes(localName) || parentElement === null) return [];
  return [`${localName}:nth-child(${Array.from(parentElement.children).indexOf(element) + 1})`];
}
