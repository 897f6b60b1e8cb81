import type { ElementFacts } from "./html-survey";

/** Of so many elements of a kind it is seen what they are like. */
export const LOOKED_AT = 40;
/** Shorter ones are labels and buttons. */
const SHORTEST_ITEM = 15;
/** The weight of what stands in a menu, and the share of elements that may. */
const [MENU_WEIGHT, MOST_IN_MENUS] = [0.1, 0.25];
/** More of each says no more. */
const [MOST_LENGTH, MOST_TITLE, MOST_COUNT] = [2_000, 40, 30];

/**
 * How likely the elements that a selector finds are the items of a page, to compare with others of that page; 0 is not at all. The weights were
 * found by trying them on pages of blogs, shops, forums and calendars.
 */
export function likelihoodOf(selector: string, elements: readonly ElementFacts[], pageLength: number): number {
  const first = elements.slice(0, LOOKED_AT);
  const average = (of: (facts: ElementFacts) => number) => first.reduce((sum, facts) => sum + of(facts), 0) / first.length;
  if (elements.length < 2 || areMenus(elements) || average(({ length }) => Math.min(length, MOST_LENGTH)) < SHORTEST_ITEM) return 0;
  const total = elements.reduce((sum, { length }) => sum + length, 0);
  return (
    average(({ weight }) => weight) ** 2 *
    wholeness(selector, elements) *
    evenness(elements, total) *
    (0.2 + ownPlaces(first)) *
    (5 + Math.min(average(titleLength), MOST_TITLE)) *
    headingFactor(average(({ headings }) => headings)) *
    (first[0]?.element.localName === "article" ? 1.5 : 1) *
    Math.sqrt(Math.min(elements.length, MOST_COUNT)) *
    Math.sqrt(Math.min(1, total / Math.max(pageLength, 1)))
  );
}

/** Menus would be the likeliest list of a page that has no other. */
function areMenus(elements: readonly ElementFacts[]): boolean {
  return elements.filter(({ weight }) => weight <= MENU_WEIGHT).length > elements.length * MOST_IN_MENUS;
}

/** What stands in many others, few in each, is parts of items. */
function wholeness(selector: string, elements: readonly ElementFacts[]): number {
  return selector.includes(">") ? 1 - new Set(elements.map(({ element }) => element.parentElement)).size / elements.length : 1;
}

/** An element that holds nearly everything holds the list. */
function evenness(elements: readonly ElementFacts[], total: number): number {
  return 1 - elements.reduce((most, { length }) => Math.max(most, length), 0) / Math.max(total, 1);
}

/** How many of them lead to a place that no other leads to. */
function ownPlaces(elements: readonly ElementFacts[]): number {
  return new Set(elements.flatMap(({ headline }) => headline?.href ?? [])).size / elements.length;
}

function titleLength({ headline }: ElementFacts): number {
  return headline === null || headline.isUsual ? 0 : headline.text.length;
}

/** One heading is an item's own; several are those of items. */
function headingFactor(average: number): number {
  if (average > 1.5) return 1 / average;
  return average > 0.5 ? 1.5 : 1;
}
