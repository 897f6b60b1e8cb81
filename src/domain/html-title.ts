import { HEADINGS, type HtmlElement, isLeaf, isText, textOf, within } from "./html-element";
import { areDistinct, commonSelector, holdsForMost } from "./html-majority";
import { selectorWithin } from "./html-selector";
import type { ElementFacts } from "./html-survey";

/** Shorter ones, in a card, are its marks. */
const SHORTEST_IN_CARD = 8;

/** The selector of what names the items of a list, which no date does; empty where the collector finds it by itself. */
export function guessTitle(items: readonly ElementFacts[], isDate: (element: HtmlElement) => boolean): string {
  const own = ownTitleOf(items, isDate);
  return own ?? (holdsForMost(items, hasUsualTitle) ? "" : (commonSelector(items, ({ headline }) => headline?.element) ?? ""));
}

/** As the collector does where nothing is said: the first heading, else the first link. */
function hasUsualTitle({ element, headline }: ElementFacts): boolean {
  const found = element.querySelector(HEADINGS) ?? element.querySelector("a[href]");
  const text = found ? textOf(found) : "";
  return headline === null ? text !== "" : text.includes(headline.text) && headline.text !== "";
}

/** Where the link that names an item does not say its title and no more. */
function ownTitleOf(items: readonly ElementFacts[], isDate: (element: HtmlElement) => boolean): string | undefined {
  const wordsIn = (element: HtmlElement) => wordsOf(element).filter((word) => !isDate(word));
  // As "Read more" does.
  if (holdsForMost(items, ({ headline }) => headline?.isUsual === true && !headline.inHeading)) return firstDistinct(items, ({ element }) => wordsIn(element));
  if (!holdsForMost(items, isCard)) return undefined;
  return firstDistinct(items, ({ headline }) => (headline ? wordsIn(headline.element).filter((word) => textOf(word).length >= SHORTEST_IN_CARD) : []));
}

/** Whether its link holds a title and more, none of it in a heading. */
function isCard({ headline }: ElementFacts): boolean {
  if (headline === null || headline.inHeading) return false;
  const hasText = Array.from(headline.element.childNodes).some((node) => isText(node) && textOf(node) !== "");
  return !hasText && wordsOf(headline.element).length > 1;
}

function wordsOf(element: HtmlElement): HtmlElement[] {
  return within(element).filter((inside) => isLeaf(inside) && /\D/.test(textOf(inside)));
}

/** The first text in the first item that the others have another in place of. */
function firstDistinct(items: readonly ElementFacts[], candidatesIn: (facts: ElementFacts) => HtmlElement[]): string | undefined {
  const [first] = items;
  const selectors = first ? candidatesIn(first).flatMap((word) => selectorWithin(first.element, word) ?? []) : [];
  const textsBy = (selector: string) => items.map(({ element }) => element.querySelector(selector)).map((found) => (found ? textOf(found) : null));
  return selectors.find((selector) => areDistinct(textsBy(selector)));
}
