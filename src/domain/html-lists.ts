import type { HtmlElement } from "./html-element";
import { LOOKED_AT, likelihoodOf } from "./html-likelihood";
import { classSelectorsOf, hasPlainTag, isPlainName, selectorsOf } from "./html-selector";
import { type ElementFacts, surveyPage } from "./html-survey";

/** Elements that could be the items of a page. */
export interface HtmlList {
  selector: string;
  count: number;
  /** The more, the likelier: of no use but to compare. */
  likelihood: number;
  /** The first of them. */
  items: readonly ElementFacts[];
}

const MOST_LISTS = 6;
/** Without a class they may be items, and nothing else is. */
const ITEM_TAGS = ["article", "li", "tr"];
const ITEM_NAME = /(?:^|[-_])(?:posts?|entry|entries|article|story|item|product|result|listing|card|thread|topic|job|event|news|teaser|athing)(?:[-_]|$)/i;

/** What the items of a web page could be, the likeliest first. Of selectors that find the same elements, the one that says most. */
export function readHtmlLists(page: HtmlElement): HtmlList[] {
  const facts = surveyPage(page);
  const total = facts.get(page)?.length ?? 0;
  const lists = [...groupBySelector(page, facts)].map(([selector, elements]) => ({ selector, elements, likelihood: likelihoodOf(selector, elements, total) }));
  const likely = lists
    .filter(({ likelihood }) => likelihood > 0)
    .sort((one, other) => other.likelihood - one.likelihood || telling(other.selector) - telling(one.selector));
  return eachOnce(likely)
    .slice(0, MOST_LISTS)
    .map(({ selector, elements, likelihood }) => ({ selector, count: elements.length, likelihood, items: elements.slice(0, LOOKED_AT) }));
}

type Candidate = { selector: string; elements: ElementFacts[]; likelihood: number };

function groupBySelector(page: HtmlElement, facts: Map<HtmlElement, ElementFacts>): Map<string, ElementFacts[]> {
  const found = new Map<string, ElementFacts[]>();
  const withBareRows = new Set<string>();
  const inMain = new Set(Array.from(page.querySelectorAll("main :is(article, li, tr)")));
  for (const [element, said] of facts) {
    const isBare = isBareRow(element);
    for (const selector of [...listSelectorsOf(element), ...(inMain.has(element) ? [`main ${element.localName}`] : [])]) {
      const elements = found.get(selector);
      if (isBare) withBareRows.add(selector);
      else if (elements) elements.push(said);
      else found.set(selector, [said]);
    }
  }
  return new Map([...found].map(([selector, elements]) => [withBareRows.has(selector) ? `${selector}:has(td)` : selector, elements]));
}

/** A table's header is no item of it, nor is a row without cells. */
function isBareRow(element: HtmlElement): boolean {
  return element.localName === "tr" && element.querySelector("td") === null;
}

/** By its classes, by its tag where that is one of items, and by what it stands in. */
function listSelectorsOf(element: HtmlElement): string[] {
  const own = selectorsOf(element).filter((selector) => selector !== element.localName || ITEM_TAGS.includes(selector));
  const parent = element.parentElement;
  if (parent === null || !hasPlainTag(element)) return own;
  const id = parent.getAttribute("id") ?? "";
  const outer = [...classSelectorsOf(parent), ...(isPlainName(id) ? [`#${id}`] : [])];
  return [...own, ...outer.map((selector) => `${selector} > ${element.localName}`)];
}

/** Of those that lead to the same places, as an item and its box do, the likeliest. */
function eachOnce(lists: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return lists.filter(({ elements }) => {
    const leads = elements
      .slice(0, LOOKED_AT)
      .map(({ headline, length }) => headline?.href ?? length)
      .join(" ");
    const isNew = !seen.has(leads);
    seen.add(leads);
    return isNew;
  });
}

function telling(selector: string): number {
  return (ITEM_NAME.test(selector.replace(/^.*>/, "").replace(/^[^.]*\./, "")) ? 2 : 0) + (selector.includes(".") ? 1 : 0) - selector.length / 100;
}
