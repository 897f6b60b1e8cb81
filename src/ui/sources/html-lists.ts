import { LOOKED_AT, type SampleElement, selectorsOf, textOf } from "./html-sample";

/** Elements that could be the items of a page. */
export interface HtmlSampleList {
  selector: string;
  count: number;
}

const [MOST_LISTS, MOST_ELEMENTS] = [6, 20_000];
/** Without a class they may be items, and nothing else is. */
const ITEM_TAGS = ["article", "li", "tr"];
/** Shorter ones are labels and buttons. */
const SHORTEST_ITEM = 15;

/** What the items of a web page could be, the likeliest first. */
export function readHtmlLists(page: SampleElement): HtmlSampleList[] {
  const lists = [...groupBySelector(page)].map(([selector, elements]) => ({ selector, count: elements.length, likelihood: likelihoodOf(elements) }));
  return lists
    .filter(({ likelihood }) => likelihood > 0)
    .sort((one, other) => other.likelihood - one.likelihood)
    .slice(0, MOST_LISTS)
    .map(({ selector, count }) => ({ selector, count }));
}

function groupBySelector(page: SampleElement): Map<string, SampleElement[]> {
  const found = new Map<string, SampleElement[]>();
  for (const element of Array.from(page.querySelectorAll("*")).slice(0, MOST_ELEMENTS)) {
    for (const selector of selectorsOf(element)) {
      if (selector === element.localName && !ITEM_TAGS.includes(selector)) continue;
      const elements = found.get(selector);
      if (elements) elements.push(element);
      else found.set(selector, [element]);
    }
  }
  return found;
}

/** Items have a text of some length, lead somewhere, and there are several of them. */
function likelihoodOf(elements: readonly SampleElement[]): number {
  if (elements.length < 2) return 0;
  const first = elements.slice(0, LOOKED_AT);
  const length = first.reduce((sum, element) => sum + textOf(element).length, 0) / first.length;
  if (length < SHORTEST_ITEM) return 0;
  const leads = first.some((element) => element.getAttribute("href") !== null || element.querySelector("a[href]") !== null);
  return Math.log(Math.min(length, 400)) * Math.min(elements.length, 30) * (leads ? 2 : 1) * (first[0]?.localName === "article" ? 2 : 1);
}
