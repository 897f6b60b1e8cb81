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

/** Of so many elements of a kind it is seen what they are like. */
export const LOOKED_AT = 5;
const MOST_CLASSES = 5;

/** By its classes, then by its tag alone. Classes with other letters are a style sheet's own shorthand. */
export function selectorsOf({ localName, classList }: SampleElement): string[] {
  const classes = Array.from(classList).filter((name) => /^[a-z][a-z0-9_-]{0,39}$/i.test(name));
  return [...classes.slice(0, MOST_CLASSES).map((name) => `${localName}.${name}`), localName];
}

/** The text of an element, in one line. */
export function textOf({ textContent }: SampleElement): string {
  return (textContent ?? "").replace(/\s+/g, " ").trim();
}
