import type { CheerioAPI } from "cheerio";
import { cutText, quote, resolveLink } from "./clean-item";
import { CollectError } from "./collect-error";
import { htmlToText } from "./html-text";
import type { ItemDraft } from "./identify-items";
import { readJsonLd } from "./json-ld";
import { readMicrodata } from "./microdata";
import { readOpenGraph } from "./open-graph";
import { readDate } from "./read-date";
import { isThing, listOf, MAX_DEPTH, type Thing, textOf, typeNames } from "./structured-thing";

/** What sites state about themselves and not about what they list. */
const FURNITURE = [
  ...["website", "webpage", "collectionpage", "searchresultspage", "aboutpage", "contactpage", "profilepage", "itempage", "checkoutpage", "faqpage", "qapage"],
  ...["organization", "newsmediaorganization", "corporation", "person", "brand", "imageobject", "searchaction", "contactpoint", "postaladdress"],
  ...["breadcrumblist", "sitenavigationelement", "wpheader", "wpfooter", "wpsidebar", "listitem"],
];
/** What holds what a page is about. */
const CONTAINERS = [
  ...["itemlist", "offercatalog", "datafeed", "blog", "listitem"],
  ...["webpage", "collectionpage", "searchresultspage", "itempage", "faqpage", "qapage"],
];
const PARTS = ["itemListElement", "item", "mainEntity", "blogPost", "blogPosts", "hasPart", "dataFeedElement"];
const SHOWN_TYPES = 8;

const DATES = ["datePublished", "uploadDate", "datePosted", "dateCreated", "startDate", "validFrom", "dateModified", "article:published_time"];

/**
 * Drafts of the things that a page states: in JSON-LD, else in microdata, else itself in Open Graph.
 * @param wantedTypes schema.org's names, for instance `Product`; such things are found at any depth. Empty: what the page is about.
 * @throws CollectError `no_items`
 */
export function structuredDrafts($: CheerioAPI, base: string, wantedTypes: string[]): ItemDraft[] {
  const stated = [readJsonLd($), readMicrodata($, base)];
  const openGraph = readOpenGraph($, base);
  const candidates = wantedTypes.length > 0 ? stated.map((things) => ofTypes(things, wantedTypes)) : stated.map(subjectsOf);
  const things = [...candidates, wantedTypes.length === 0 && openGraph ? [openGraph] : []].find((found) => found.length > 0);
  if (!things) throw nothingStatedError(stated.flat(), wantedTypes);
  return things.map((thing) => draftOf(thing, base));
}

function ofTypes(things: Thing[], wantedTypes: string[]): Thing[] {
  const wanted = wantedTypes.flatMap(typeNames).map((type) => type.toLowerCase());
  return things.flatMap((thing) => withParts(thing)).filter((thing) => lowerTypes(thing).some((type) => wanted.includes(type)));
}

/** The thing and all that belong to it. */
function withParts(thing: Thing, depth = 0): Thing[] {
  if (depth > MAX_DEPTH) return [];
  const values = Object.values(thing).flatMap(listOf).filter(isThing);
  return [thing, ...values.flatMap((value) => withParts(value, depth + 1))];
}

function subjectsOf(things: Thing[]): Thing[] {
  return things.flatMap((thing) => unfold(thing)).filter((thing) => !lowerTypes(thing).some((type) => FURNITURE.includes(type)) && saysSomething(thing));
}

/** A container gives what it holds. One that holds nothing is itself the subject, or furniture. */
function unfold(thing: Thing, depth = 0): Thing[] {
  if (depth > MAX_DEPTH || !lowerTypes(thing).some((type) => CONTAINERS.includes(type))) return [thing];
  const parts = PARTS.flatMap((name) => listOf(thing[name])).flatMap(partOf);
  if (parts.length > 0) return parts.flatMap((part) => unfold(part, depth + 1));
  // An element of a list that only names where its subject is.
  const { type: _type, item, ...rest } = thing;
  return lowerTypes(thing).includes("listitem") ? [{ ...rest, ...(typeof item === "string" && { url: item }) }] : [thing];
}

/** Lists may name no more than addresses. */
function partOf(part: unknown): Thing[] {
  if (typeof part === "string") return /^https?:/i.test(part) ? [{ url: part }] : [];
  return isThing(part) ? [part] : [];
}

function lowerTypes({ type }: Thing): string[] {
  return typeNames(type).map((name) => name.toLowerCase());
}

/** Without a type it has to have what a person could recognise it by; with no more than a type it says nothing. */
function saysSomething({ type, id: _id, ...properties }: Thing): boolean {
  return titleOf(properties) !== undefined || textOf(properties.url) !== undefined || (type !== undefined && Object.keys(properties).length > 0);
}

/** Some sites write the names of properties with a capital. */
function titleOf(thing: Thing): string | undefined {
  const { name, headline, title, Name, Headline, Title } = thing;
  return [name, headline, title, Name, Headline, Title].map(textOf).find((text) => text !== undefined);
}

function draftOf(thing: Thing, base: string): ItemDraft {
  const { type, ...properties } = thing;
  const links = [thing.url, thing.mainEntityOfPage, thing.id].map((value) => resolveLink(textOf(value), base));
  return {
    key: textOf(thing.id) ?? textOf(thing.identifier) ?? textOf(thing.sku) ?? textOf(thing.productID),
    title: htmlToText(titleOf(thing) ?? ""),
    url: links.find((link) => link !== undefined),
    publishedAt: DATES.map((name) => readDate(textOf(thing[name]))).find((date) => date !== undefined),
    fields: withCutTexts({ ...(type && { type: type.join(", ") }), ...properties }),
  };
}

/** At any depth. */
function withCutTexts(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cutTexts(value)]));
}

function cutTexts(value: unknown): unknown {
  if (typeof value === "string") return cutText(value);
  if (Array.isArray(value)) return value.map(cutTexts);
  return isThing(value) ? withCutTexts(value) : value;
}

function nothingStatedError(things: Thing[], wantedTypes: string[]): CollectError {
  const types = [...new Set(things.flatMap((thing) => withParts(thing)).flatMap(({ type }) => type ?? []))];
  const known = types.slice(0, SHOWN_TYPES).map((type) => quote(type, 30));
  const wanted =
    wantedTypes.length > 0 ? `The page states nothing of the type ${quote(wantedTypes.join(" or "))}.` : "The page states nothing about what it lists.";
  const hint = known.length > 0 ? ` It states: ${known.join(", ")}.` : " It has no JSON-LD, no microdata and no Open Graph of use.";
  return new CollectError("no_items", `${wanted}${hint} Nothing was collected. Choose another type, or name the items by CSS selectors.`);
}
