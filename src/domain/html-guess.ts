import { type HtmlElement, isLeaf, MOST_IN_ITEM, textOf, within } from "./html-element";
import type { HtmlList } from "./html-lists";
import { areDistinct, commonSelector, holdsForMost, MOST } from "./html-majority";
import { saysPrice } from "./html-price";
import { selectorWithin } from "./html-selector";
import type { ElementFacts } from "./html-survey";
import { guessTitle } from "./html-title";

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

const [LOOKED_AT, MOST_LINKS] = [12, 20];
const [SHORTEST_SUMMARY, LONGEST_DATE] = [40, 60];
const PICTURE_ATTRIBUTES = ["src", "data-src", "data-original", "data-lazy-src"];

/** What a person would pick from a list: title, link, date and, as further fields, a summary, a price and a picture. */
export function guessHtmlFields({ selector, items: all }: HtmlList, { isDate }: GuessOptions): HtmlGuess {
  const items = all.slice(0, LOOKED_AT);
  return {
    itemSelector: selector,
    titleSelector: guessTitle(items, (element) => saysDate(element, isDate)),
    linkSelector: linkOf(items),
    dateSelector: holdsForMost(items, ({ element }) => hasUsualDate(element, isDate)) ? "" : (commonSelector(items, (facts) => dateIn(facts, isDate)) ?? ""),
    fields: furtherFields(items),
  };
}

function hasUsualLink(facts: ElementFacts): boolean {
  return facts.headline === null || usualLinkIn(facts)?.getAttribute("href") === facts.headline.href;
}

/** As the collector does where nothing is said: the element itself, else the first link in it. */
function usualLinkIn({ element }: ElementFacts): HtmlElement | null {
  return element.getAttribute("href") === null ? element.querySelector("a[href]") : element;
}

/** The link that names an item; where those lead to the same few places, as to people in a thread, one that leads to a place of its own. */
function linkOf(items: readonly ElementFacts[]): string {
  if (holdsForMost(items, hasUsualLink) && areDistinct(items.map((facts) => usualLinkIn(facts)?.getAttribute("href")))) return "";
  const naming = commonSelector(items, ({ headline }) => headline?.element);
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
