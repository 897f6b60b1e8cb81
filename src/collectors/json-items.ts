import type { CollectedItem } from "@/domain/item";
import type { JsonApiConfig } from "@/domain/source";
import { cleanJson, quote, resolveLink } from "./clean-item";
import { CollectError } from "./collect-error";
import { decodeText } from "./decode-text";
import type { DocumentContext } from "./feed";
import { type ItemDraft, identifyItems } from "./identify-items";
import { compileExpression, type JsonExpression } from "./json-expression";
import { readDate } from "./read-date";

export interface ParsedJsonPage {
  items: CollectedItem[];
  /** The next page's cursor, when the pagination has one and the page holds it. */
  cursor?: string;
}

/** Where lists usually are in a document that is not itself one. */
const LIST_NAMES = ["items", "features", "data", "results", "entries", "records", "rows", "articles", "posts", "hits", "value"];

/** In a message: enough to recognise the page. */
const SHOWN_NAMES = 8;

const USUAL_PLACES = {
  key: ["id", "key", "guid", "url"],
  title: ["title", "name", "full_name", "headline", "properties.title", "properties.name", "properties.place"],
  link: ["html_url", "url", "link", "href", "web_url", "permalink", "properties.url"],
  date: ["publishedAt", "published_at", "published", "pubDate", "date", "createdAt", "created_at", "created", "time", "properties.time", "updated_at"],
};

/**
 * Reads one page of a JSON API. Expressions are the person's own programs: run this in the sandbox only.
 * Throws CollectError: `bad_document`, `bad_expression`, `no_items`.
 */
export async function parseJsonPage(body: Uint8Array, context: DocumentContext, config: JsonApiConfig): Promise<ParsedJsonPage> {
  const document = parseJson(decodeText(body, context.contentType, "json"));
  const records = await findRecords(document, config.itemsExpression);
  const toDraft = draftMaker(config, context.url);
  const drafts: ItemDraft[] = [];
  for (const record of records.slice(0, context.maxItems)) drafts.push(await toDraft(record));
  return { items: identifyItems(drafts, { keepEqualRows: true }), cursor: await findCursor(document, config) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new CollectError("bad_document", `${describeNonJson(text)} Nothing was collected. Check the address.`, { cause });
  }
}

function describeNonJson(text: string): string {
  const start = text.trimStart();
  if (start === "") return "The page is empty.";
  if (start.startsWith("<")) return "This is a web page or XML, not JSON.";
  return /^[{[]/.test(start) ? "The JSON is cut off or damaged." : "This is not JSON.";
}

async function findRecords(document: unknown, itemsExpression: string): Promise<unknown[]> {
  if (itemsExpression === "") return guessRecords(document);
  const found = await compileExpression(itemsExpression, "items")(document);
  if (Array.isArray(found)) return found;
  if (found === undefined || found === null) throw noListError(`The expression ${itemsExpression} finds nothing on this page.`, document);
  return [found];
}

function guessRecords(document: unknown): unknown[] {
  if (Array.isArray(document)) return document;
  const lists = typeof document === "object" && document !== null ? Object.entries(document).filter(([, value]) => Array.isArray(value)) : [];
  const usual = LIST_NAMES.map((wanted) => lists.find(([name]) => name === wanted)).find((list) => list !== undefined);
  const list: unknown = usual?.[1] ?? (lists.length === 1 ? lists[0]?.[1] : undefined);
  if (Array.isArray(list)) return list;
  const message = lists.length === 0 ? "The page holds no list of items." : `The page holds several lists: ${quoteNames(lists.map(([name]) => name))}.`;
  throw noListError(message, document);
}

function noListError(what: string, document: unknown): CollectError {
  const names = typeof document === "object" && document !== null && !Array.isArray(document) ? Object.keys(document) : [];
  const hint = names.length > 0 ? ` The page has: ${quoteNames(names)}.` : "";
  return new CollectError("no_items", `${what}${hint} Nothing was collected. Say in the items expression where the list is.`);
}

function quoteNames(names: string[]): string {
  return names
    .slice(0, SHOWN_NAMES)
    .map((name) => quote(name, 30))
    .join(", ");
}

async function findCursor(document: unknown, { pagination }: JsonApiConfig): Promise<string | undefined> {
  if (pagination.type !== "cursor") return undefined;
  const cursor = await compileExpression(pagination.cursorExpression, "cursor")(document);
  return textOf(cursor);
}

function draftMaker(config: JsonApiConfig, pageUrl: string): (record: unknown) => Promise<ItemDraft> {
  const key = placeOf(config.keyExpression, "key", USUAL_PLACES.key);
  const title = placeOf(config.titleExpression, "title", USUAL_PLACES.title);
  const link = placeOf(config.linkExpression, "link", USUAL_PLACES.link);
  const date = placeOf(config.dateExpression, "date", USUAL_PLACES.date);
  const fields = Object.entries(config.fields).map(([name, text]) => ({ name, read: compileExpression(text, name) }));
  return async (record) => ({
    key: textOf(await key(record)),
    title: textOf(await title(record)),
    url: resolveLink(textOf(await link(record)), pageUrl),
    publishedAt: readDate(await date(record)),
    fields: fields.length === 0 ? wholeRecord(record) : await readFields(fields, record),
  });
}

/** The stated expression, or the first of the usual places that holds text or a number. */
function placeOf(expression: string, name: string, usualPlaces: string[]): JsonExpression {
  if (expression !== "") return compileExpression(expression, name);
  const places = usualPlaces.map((place) => compileExpression(place, name));
  return async (record) => {
    for (const place of places) {
      const value = await place(record);
      if (typeof value === "number" || (typeof value === "string" && value !== "")) return value;
    }
    return undefined;
  };
}

async function readFields(fields: { name: string; read: JsonExpression }[], record: unknown): Promise<object> {
  const values: [string, unknown][] = [];
  for (const { name, read } of fields) values.push([name, cleanJson((await read(record)) ?? null)]);
  return Object.fromEntries(values);
}

function wholeRecord(record: unknown): object {
  return typeof record === "object" && record !== null && !Array.isArray(record) ? record : { value: record };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value || undefined;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
