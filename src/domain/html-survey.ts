import { HEADINGS, type HtmlElement, isText, textOf } from "./html-element";
import { classesOf } from "./html-selector";
import { UNSEEN_TAGS } from "./unseen-tags";

/** What there is in an element of a web page, itself included. */
export interface ElementFacts {
  element: HtmlElement;
  /** Characters of text. */
  length: number;
  /** h1 to h6. */
  headings: number;
  /** The link that names it: that of its heading, else the one with the longest text. */
  headline: Headline | null;
  /** From 0 to 1: how likely it is content, by where it stands. */
  weight: number;
}

/** A link that names what it stands in. */
export interface Headline {
  element: HtmlElement;
  href: string;
  /** Of a whole card that is a link: its heading's. */
  text: string;
  inHeading: boolean;
  /** Others on the page say the same, as "Read more" does. */
  isUsual: boolean;
}

const [MOST_ELEMENTS, MOST_DEPTH] = [20_000, 200];
/** As long as addresses that are stored. */
const LONGEST_HREF = 2_000;
const NO_PLACE = /^\s*(?:#|javascript:|mailto:|tel:)/i;
const HEADING = /^h[1-6]$/;
const NAVIGATION = ["nav", "footer", "select", "menu", "dialog"];
const BESIDE = ["header", "aside", "form"];
const NAVIGATION_NAME =
  /(?:^|[-_])(?:nav|navbar|navigation|menu|footer|breadcrumbs?|pagination|pager|share|social|cookies?|langs?|languages?|tags?|toolbar)(?:[-_]|$)/i;
const BESIDE_NAME = /(?:^|[-_])(?:sidebar|aside|related|comments?|widgets?|promos?|sponsors?|ads?|header|login|trending|popular)(?:[-_]|$)/i;

/** Goes through a page once and says of each element what is in it. Of hostile pages only the beginning is seen, and nothing that stands too deep. */
export function surveyPage(page: HtmlElement): Map<HtmlElement, ElementFacts> {
  const facts = new Map<HtmlElement, ElementFacts>();
  const usual = usualWords(page);
  let left = MOST_ELEMENTS;
  function survey(element: HtmlElement, weight: number, depth: number): ElementFacts {
    left--;
    const own = weight * weightOf(element);
    const children = depth >= MOST_DEPTH ? [] : Array.from(element.children).filter(({ localName }) => !UNSEEN_TAGS.includes(localName));
    const inside = children.flatMap((child) => (left > 0 ? survey(child, own, depth + 1) : []));
    const found = combine(element, own, inside, usual);
    facts.set(element, found);
    return found;
  }
  survey(page, 1, 0);
  return facts;
}

function weightOf(element: HtmlElement): number {
  const names = [...classesOf(element), element.getAttribute("id") ?? ""];
  if (element.localName === "body" || element.localName === "html") return 1;
  const isNavigation = NAVIGATION.includes(element.localName) || element.getAttribute("role") === "navigation";
  // What holds the whole page may be named after the menu in it.
  if (isNavigation || (names.some((name) => NAVIGATION_NAME.test(name)) && element.querySelector("main, article") === null)) return 0.1;
  return BESIDE.includes(element.localName) || names.some((name) => BESIDE_NAME.test(name)) ? 0.4 : 1;
}

function combine(element: HtmlElement, weight: number, inside: readonly ElementFacts[], usual: ReadonlySet<string>): ElementFacts {
  const isHeading = HEADING.test(element.localName);
  const sum = (of: (facts: ElementFacts) => number) => inside.reduce((total, facts) => total + of(facts), 0);
  const texts = Array.from(element.childNodes).filter(isText);
  return {
    element,
    weight,
    length: texts.reduce((total, text) => total + textOf(text).length, 0) + sum(({ length }) => length),
    headings: sum(({ headings }) => headings) + (isHeading ? 1 : 0),
    headline: headlineOf(element, isHeading, inside, usual),
  };
}

function headlineOf(element: HtmlElement, isHeading: boolean, inside: readonly ElementFacts[], usual: ReadonlySet<string>): Headline | null {
  const href = element.localName === "a" ? element.getAttribute("href") : null;
  if (href !== null && href.length <= LONGEST_HREF && !NO_PLACE.test(href)) {
    const heading = inside.some(({ headings }) => headings > 0) ? element.querySelector(HEADINGS) : null;
    const text = textOf(element);
    return { element, href, text: heading ? textOf(heading) : text, inHeading: heading !== null, isUsual: usual.has(text) };
  }
  const best = inside.flatMap(({ headline }) => headline ?? []).sort(byPromise)[0] ?? null;
  return best && isHeading ? { ...best, inHeading: true } : best;
}

function byPromise(one: Headline, other: Headline): number {
  return Number(other.inHeading) - Number(one.inHeading) || Number(one.isUsual) - Number(other.isUsual) || other.text.length - one.text.length;
}

/** The texts of several links: an item's and its picture's are two at most. */
function usualWords(page: HtmlElement): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const link of Array.from(page.querySelectorAll("a[href]")).slice(0, MOST_ELEMENTS)) {
    const text = textOf(link);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 2).map(([text]) => text));
}
