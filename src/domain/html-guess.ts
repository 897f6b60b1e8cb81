import { type HtmlElement, textOf } from "./html-element";
import { selectorWithin } from "./html-fields";
import type { HtmlList } from "./html-lists";
import { saysPrice } from "./html-price";
import type { ElementFacts } from "./html-survey";

/** Where a list's items have what is kept of them. An empty selector leaves it to the collector, which finds the same. */
export interface HtmlGuess {
  itemSelector: string;
  titleSelector: string;
  linkSelector: string;
  dateSelector: string;
  fields: Record<string, { selector: string; attribute: string }>;
}

type IsDate = (text: string) => boolean;

interface GuessOptions {
  /** Whether a text is a date. */
  isDate: IsDate;
}

/** What holds for so many of the first items is a rule. */
const [LOOKED_AT, MOST] = [12, 0.6];
/** Of addresses and titles: a few may be there twice. */
const [DISTINCT, MOST_LINKS] = [0.8, 20];
const [SHORTEST_SUMMARY, LONGEST_DATE, MOST_IN_ITEM] = [40, 60, 200];
const PICTURE_ATTRIBUTES = ["src", "data-src", "data-original", "data-lazy-src"];

/** What a person would pick from a list: title, link, date and, as further fields, a summary, a price and a picture. */
export function guessHtmlFields({ selector, items: all }: HtmlList, { isDate }: GuessOptions): HtmlGuess {
  const items = all.slice(0, LOOKED_AT);
  return {
    itemSelector: selector,
    titleSelector: titleOf(items),
    linkSelector: linkOf(items),
    dateSelector: holdsForMost(items, ({ element }) => hasUsualDate(element, isDate)) ? "" : (commonSelector(items, (facts) => dateIn(facts, isDate)) ?? ""),
    fields: furtherFields(items),
  };
}

function holdsForMost(items: readonly ElementFacts[], holds: (facts: ElementFacts) => boolean): boolean {
  return items.filter(holds).length >= items.length * MOST;
}

/** As the collector does where nothing is said: the first heading, else the first link. */
function hasUsualTitle({ element, headline }: ElementFacts): boolean {
  const found = element.querySelector("h1, h2, h3, h4, h5, h6") ?? element.querySelector("a[href]");
  const text = found ? textOf(found) : "";
  return headline === null ? text !== "" : text.includes(headline.text) && headline.text !== "";
}

function titleOf(items: readonly ElementFacts[]): string {
  const own = holdsForMost(items, ({ headline }) => headline?.isUsual === true && !headline.inHeading) ? ownTextOf(items) : undefined;
  return own ?? (holdsForMost(items, hasUsualTitle) ? "" : (commonSelector(items, headlineIn) ?? ""));
}

/** Where the links say the same in all items, as "Read more" does, the first text that does not. */
function ownTextOf(items: readonly ElementFacts[]): string | undefined {
  const [first] = items;
  const texts = first ? within(first.element).filter((inside) => isLeaf(inside) && /\D/.test(textOf(inside))) : [];
  const textBy = (selector: string) => items.map(({ element }) => element.querySelector(selector)).map((found) => (found ? textOf(found) : null));
  return texts.flatMap((text) => (first && selectorWithin(first.element, text)) ?? []).find((selector) => areDistinct(textBy(selector)));
}

function hasUsualLink(facts: ElementFacts): boolean {
  return facts.headline === null || usualLinkIn(facts)?.getAttribute("href") === facts.headline.href;
}

/** As the collector does where nothing is said: the element itself, else the first link in it. */
function usualLinkIn({ element }: ElementFacts): HtmlElement | null {
  return element.getAttribute("href") === null ? element.querySelector("a[href]") : element;
}

function headlineIn({ headline }: ElementFacts): HtmlElement | undefined {
  return headline?.element;
}

/** The link that names an item; where those lead to the same few places, as to people in a thread, one that leads to a place of its own. */
function linkOf(items: readonly ElementFacts[]): string {
  if (holdsForMost(items, hasUsualLink) && areDistinct(items.map((facts) => usualLinkIn(facts)?.getAttribute("href")))) return "";
  const naming = commonSelector(items, headlineIn);
  return naming !== null && leadsApart(items, naming) ? naming : (ownLinkOf(items) ?? naming ?? "");
}

function ownLinkOf(items: readonly ElementFacts[]): string | undefined {
  const [first] = items;
  const links = first ? Array.from(first.element.querySelectorAll("a[href]")).slice(0, MOST_LINKS) : [];
  return links.flatMap((link) => (first && selectorWithin(first.element, link)) ?? []).find((selector) => leadsApart(items, selector));
}

function leadsApart(items: readonly ElementFacts[], selector: string): boolean {
  return areDistinct(items.map(({ element }) => element.querySelector(selector)?.getAttribute("href")));
}

function areDistinct(values: readonly (string | null | undefined)[]): boolean {
  return new Set(values.filter((value) => value != null)).size >= values.length * DISTINCT;
}

/** The selector by which most of the items have what is wanted. */
function commonSelector(items: readonly ElementFacts[], wanted: (facts: ElementFacts) => HtmlElement | null | undefined): string | null {
  const targets = items.map((facts) => [facts.element, wanted(facts) ?? null] as const);
  const selectors = new Set(targets.flatMap(([item, target]) => (target && target !== item ? (selectorWithin(item, target) ?? []) : [])));
  const counts = [...selectors].map((selector) => ({
    selector,
    count: targets.filter(([item, target]) => target !== null && item.querySelector(selector) === target).length,
  }));
  const best = counts.sort((one, other) => other.count - one.count)[0];
  return best && best.count >= items.length * MOST ? best.selector : null;
}

function within(element: HtmlElement): HtmlElement[] {
  return Array.from(element.querySelectorAll("*")).slice(0, MOST_IN_ITEM);
}

/** Elements with a text of their own and no more than a mark or two in it. */
function isLeaf({ children }: HtmlElement): boolean {
  return Array.from(children).every((child) => child.children.length === 0 && textOf(child) === "");
}

/** As the collector does where nothing is said: the first time element. */
function hasUsualDate(element: HtmlElement, isDate: IsDate): boolean {
  const time = element.querySelector("time");
  return time !== null && saysDate(time, isDate);
}

function dateIn({ element }: ElementFacts, isDate: IsDate): HtmlElement | undefined {
  return within(element).find((inside) => saysDate(inside, isDate));
}

/** Digits alone are rather an article's number. */
function saysDate(element: HtmlElement, isDate: IsDate): boolean {
  const stated = ["datetime", "content", "title"].map((name) => element.getAttribute(name) ?? "");
  const texts = [...stated, isLeaf(element) ? textOf(element) : ""];
  return texts.some((text) => text.length >= 6 && text.length <= LONGEST_DATE && !/^\+?\d+$/.test(text) && isDate(text));
}

function furtherFields(items: readonly ElementFacts[]): HtmlGuess["fields"] {
  const texts = Object.entries({ price: commonSelector(items, priceIn), summary: commonSelector(items, summaryIn) });
  const found = texts.flatMap(([name, selector]) => (selector === null ? [] : [[name, { selector, attribute: "" }] as const]));
  const attribute = PICTURE_ATTRIBUTES.find((name) => arePictures(items, name));
  return Object.fromEntries([...found, ...(attribute === undefined ? [] : [["image", { selector: `img[${attribute}]`, attribute }] as const])]);
}

/** Most have one, and not all the same. What is written out in place is a placeholder. */
function arePictures(items: readonly ElementFacts[], attribute: string): boolean {
  const found = items
    .flatMap(({ element }) => element.querySelector(`img[${attribute}]`)?.getAttribute(attribute) ?? [])
    .filter((address) => !address.startsWith("data:"));
  return found.length >= items.length * MOST && new Set(found).size >= found.length * MOST;
}

function priceIn({ element }: ElementFacts): HtmlElement | undefined {
  return within(element).find(saysPrice);
}

function summaryIn({ element, headline }: ElementFacts): HtmlElement | undefined {
  const paragraphs = Array.from(element.querySelectorAll("p")).slice(0, MOST_IN_ITEM);
  const texts = paragraphs.map((paragraph) => ({ paragraph, text: textOf(paragraph) }));
  const long = texts.filter(({ text }) => text.length >= SHORTEST_SUMMARY && text !== headline?.text);
  return long.sort((one, other) => other.text.length - one.text.length)[0]?.paragraph;
}
