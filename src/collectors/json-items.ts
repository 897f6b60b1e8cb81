import type { CollectedItem } from "@/domain/item";
import type { JsonApiConfig } from "@/domain/source";
import { cleanJson, resolveLink } from "./clean-item";
import { decodeText } from "./decode-text";
import type { DocumentContext } from "./feed";
import { type ItemDraft, identifyItems } from "./identify-items";
import { parseJsonDocument } from "./json-document";
import { compileExpression, type JsonExpression } from "./json-expression";
import { type UsualField, usualReaders } from "./json-places";
import { findRecords } from "./json-records";
import { readDate } from "./read-date";

export interface ParsedJsonPage {
  items: CollectedItem[];
  /** The next page's cursor, when the pagination has one and the page holds it. */
  cursor?: string;
}

/**
 * Reads one page of a JSON API. Expressions are the person's own programs: run this in the sandbox only.
 * Throws CollectError: `bad_document`, `bad_expression`, `no_items`.
 */
export async function parseJsonPage(body: Uint8Array, context: DocumentContext, config: JsonApiConfig): Promise<ParsedJsonPage> {
  const document = parseJsonDocument(decodeText(body, context.contentType, "json"));
  const found = await findRecords(document, config.itemsExpression);
  const records = found.slice(0, context.maxItems);
  const toDraft = draftMaker(records, config, context.url);
  const drafts: ItemDraft[] = [];
  for (const record of records) drafts.push(await toDraft(record));
  return { items: identifyItems(drafts, { keepEqualRows: true }), cursor: await findCursor(document, config) };
}

async function findCursor(document: unknown, { pagination }: JsonApiConfig): Promise<string | undefined> {
  if (pagination.type !== "cursor") return undefined;
  const cursor = await compileExpression(pagination.cursorExpression, "cursor")(document);
  // Some services say `false` where there is no further page.
  return typeof cursor === "boolean" ? undefined : textOf(cursor);
}

function draftMaker(records: unknown[], config: JsonApiConfig, pageUrl: string): (record: unknown) => Promise<ItemDraft> {
  const usual = usualReaders(records);
  const reader = (expression: string, field: UsualField): JsonExpression => {
    if (expression !== "") return compileExpression(expression, field);
    const read = usual(field);
    return async (record) => read(record);
  };
  const [key, title] = [reader(config.keyExpression, "key"), reader(config.titleExpression, "title")];
  const [link, date] = [reader(config.linkExpression, "link"), reader(config.dateExpression, "date")];
  const fields = Object.entries(config.fields).map(([name, text]) => ({ name, read: compileExpression(text, name) }));
  return async (record) => ({
    key: textOf(await key(record)),
    title: textOf(await title(record)),
    url: resolveLink(textOf(await link(record)), pageUrl),
    publishedAt: readDate(await date(record)),
    fields: fields.length === 0 ? wholeRecord(record) : await readFields(fields, record),
  });
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
