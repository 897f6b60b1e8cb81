import { type CheerioAPI, load } from "cheerio";
import { HEADINGS } from "@/domain/html-element";
import type { CollectedItem } from "@/domain/item";
import type { HtmlPageConfig } from "@/domain/source";
import { MAX_FIELD_LENGTH, resolveLink, tidyText } from "./clean-item";
import { CollectError } from "./collect-error";
import { decodeText } from "./decode-text";
import type { DocumentContext } from "./feed";
import { type ItemDraft, identifyItems } from "./identify-items";
import { readDate } from "./read-date";
import { shownText } from "./shown-text";
import { structuredDrafts } from "./structured-items";

export interface ParsedHtmlPage {
  title?: string;
  items: CollectedItem[];
}

type Selection = ReturnType<CheerioAPI>;

const MAX_TITLE_LENGTH = 300;
const LINK_ATTRIBUTES = ["href", "src", "action", "poster", "cite", "data-src", "data-href", "data-original", "data-lazy-src"];
/** What lists on the web are usually made of; counted for the message when nothing matched. */
const USUAL_ITEMS = ["article", "li", "tr", "section", "h2", "h3", "div"];

/**
 * Reads a web page by CSS selectors, or by what it states in structured data. Parsing hostile markup can take for ever: run this in the sandbox only.
 * Throws CollectError: `no_items`, `bad_expression`, `bad_document`.
 */
export function parseHtmlPage(body: Uint8Array, context: DocumentContext, config: HtmlPageConfig): ParsedHtmlPage {
  const text = decodeText(body, context.contentType, "html");
  if (text.trim() === "") throw new CollectError("bad_document", "The page is empty. Nothing was collected. Check the address.", { retryable: true });
  const $ = load(text);
  return { title: tidyText($("title").first().text(), MAX_TITLE_LENGTH), items: readHtmlItems($, context, config) };
}

/** As `parseHtmlPage`, for a page that has been parsed. */
export function readHtmlItems($: CheerioAPI, { url, maxItems }: Pick<DocumentContext, "url" | "maxItems">, config: HtmlPageConfig): CollectedItem[] {
  const base = resolveLink($("base[href]").first().attr("href"), url) ?? url;
  const drafts = config.itemsFrom === "structured_data" ? structuredDrafts($, base, config.itemTypes) : selectedDrafts($, base, config, maxItems);
  return identifyItems(drafts.slice(0, maxItems));
}

function selectedDrafts($: CheerioAPI, base: string, config: HtmlPageConfig, maxItems: number | undefined): ItemDraft[] {
  const found = select($.root(), config.itemSelector).toArray();
  if (found.length === 0) throw noItemsError($, config.itemSelector);
  return found.slice(0, maxItems).map((element) => draftOf($(element), config, base));
}

function draftOf(item: Selection, config: HtmlPageConfig, base: string): ItemDraft {
  return {
    key: config.keySelector === "" ? undefined : tidyText(keyOf(select(item, config.keySelector).first())),
    title: titleOf(item, config.titleSelector),
    url: linkOf(select(item, config.linkSelector), base),
    publishedAt: dateOf(config.dateSelector === "" ? item.find("time").first() : select(item, config.dateSelector).first()),
    fields: fieldsOf(item, config.fields, base),
  };
}

/** Elements within `scope`; the scope itself for an empty selector. */
function select(scope: Selection, selector: string): Selection {
  if (selector === "") return scope;
  try {
    return scope.find(selector);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The selector ${selector} cannot be read: ${reason}. Nothing was collected. Correct the selector.`;
    throw new CollectError("bad_expression", message, { cause });
  }
}

/** What names an element: an id or an address says more than its text. */
function keyOf(element: Selection): string | undefined {
  return element.attr("id") ?? element.attr("data-id") ?? element.attr("href") ?? element.attr("content") ?? textOf(element);
}

function titleOf(item: Selection, selector: string): string | undefined {
  if (selector !== "") return tidyText(textOf(select(item, selector)), MAX_TITLE_LENGTH);
  const heading = tidyText(textOf(item.find(HEADINGS)), MAX_TITLE_LENGTH);
  return heading ?? tidyText(textOf(item.find("a[href]")), MAX_TITLE_LENGTH) ?? tidyText(textOf(item), MAX_TITLE_LENGTH);
}

/** Of the first of several; empty where there is none. */
function textOf(selection: Selection): string {
  const [element] = selection.toArray();
  return element ? shownText(element) : "";
}

/** The element's own link, else one within it, else the one that it stands in: cards are often links as a whole. */
function linkOf(scope: Selection, base: string): string | undefined {
  const links = [scope.filter("[href]"), scope.find("a[href]"), scope.closest("a[href]")];
  return resolveLink(
    links
      .find((link) => link.length > 0)
      ?.first()
      .attr("href"),
    base,
  );
}

function dateOf(element: Selection): Date | undefined {
  const stated = [element.attr("datetime"), element.attr("content"), element.attr("title"), textOf(element)];
  return stated.map(readDate).find((date) => date !== undefined);
}

function fieldsOf(item: Selection, fields: HtmlPageConfig["fields"], base: string): object {
  const values = Object.entries(fields).map(([name, { selector, attribute }]) => [name, readField(select(item, selector).first(), attribute, base)]);
  return Object.fromEntries(values);
}

function readField(element: Selection, attribute: string, base: string): string | null {
  if (attribute === "") return tidyText(textOf(element), MAX_FIELD_LENGTH) ?? null;
  const value = tidyText(element.attr(attribute), MAX_FIELD_LENGTH);
  const link = LINK_ATTRIBUTES.includes(attribute.toLowerCase()) ? resolveLink(value, base) : undefined;
  return link ?? value ?? null;
}

function noItemsError($: CheerioAPI, selector: string): CollectError {
  const counts = USUAL_ITEMS.map((name) => ({ name, count: $(name).length })).filter(({ count }) => count > 1);
  const usual = counts.find(({ name }) => name === "article") ?? counts.sort((one, other) => other.count - one.count)[0];
  const hint = usual ? `it contains ${usual.count} \`${usual.name}\` elements` : describeBarePage($);
  return new CollectError("no_items", `No items matched \`${selector}\`. The page has 0 matches; ${hint}. Nothing was collected. Correct the selector.`);
}

function describeBarePage($: CheerioAPI): string {
  const scripts = $("script").length;
  return scripts > 0 ? `its content seems to be made by its ${scripts} scripts, which are not run here` : "it contains no lists";
}
