import type { CheerioAPI } from "cheerio";
import { guessHtmlFields } from "@/domain/html-guess";
import { readHtmlLists } from "@/domain/html-lists";
import type { CollectedItem } from "@/domain/item";
import { type HtmlPageConfig, htmlPageConfigSchema } from "@/domain/source";
import { readHtmlItems } from "./html-items";
import { pageElements } from "./page-elements";
import { readDate } from "./read-date";
import type { PageInput } from "./sandbox-tasks";

/** A list on a web page, and how to collect it. */
export interface SuggestedList {
  config: HtmlPageConfig;
  /** What that config brings now. */
  items: CollectedItem[];
}

const [MOST_LISTS, MOST_TRIED, FEWEST_ITEMS, SHORTEST_TITLE] = [2, 4, 3, 5];
/** Shares: of items that have a title, and that lead to a place of their own, of the likelihood of the best list, and of places that a list before it leads to, too. */
const [LEAST_NAMED, LEAST_PLACES, LEAST_LIKELIHOOD, MOST_SHARED] = [0.75, 0.75, 0.3, 0.5];

/** The lists that a page likely has, the likeliest first: those whose items are named, and lead to places of their own, when they are collected. */
export function suggestLists($: CheerioAPI, page: Pick<PageInput, "url" | "maxItems">): SuggestedList[] {
  const isDate = (text: string) => readDate(text) !== undefined;
  const lists = readHtmlLists(pageElements($)).slice(0, MOST_TRIED);
  const likely = lists.filter(({ likelihood }) => likelihood >= (lists[0]?.likelihood ?? 0) * LEAST_LIKELIHOOD);
  const collected = likely.map((list) => {
    const config = htmlPageConfigSchema.parse(guessHtmlFields(list, { isDate }));
    return { config, items: readHtmlItems($, page, config) };
  });
  return withoutRepeats(collected.filter(({ items }) => isList(items))).slice(0, MOST_LISTS);
}

function isList(items: readonly CollectedItem[]): boolean {
  // Some stay empty: a place for an advertisement, or a spacer.
  const titles = items.flatMap(({ title }) => title || []);
  const letters = titles.reduce((sum, title) => sum + title.length, 0);
  if (items.length < FEWEST_ITEMS || titles.length < items.length * LEAST_NAMED || letters < titles.length * SHORTEST_TITLE) return false;
  return new Set(items.flatMap(({ url }) => url ?? [])).size >= items.length * LEAST_PLACES;
}

/** What leads to the same places as one before it is that list in another cut, such as every other row of it. */
function withoutRepeats(lists: readonly SuggestedList[]): SuggestedList[] {
  const known = new Set<string>();
  return lists.filter(({ items }) => {
    const places = new Set(items.flatMap(({ url }) => url?.replace(/#.*$/, "") ?? []));
    const shared = [...places].filter((place) => known.has(place)).length;
    for (const place of places) known.add(place);
    return shared <= places.size * MOST_SHARED;
  });
}
