import {
  type CsvConfig,
  type FeedConfig,
  type HtmlPageConfig,
  type JsonApiConfig,
  type Pagination,
  type SitemapConfig,
  type Source,
  type SourceDefinition,
  type SourceKind,
  withoutCommon,
} from "@/domain/source";
import type { SourceLimit, SourceLimits } from "@/domain/source-limits";
import { type HeaderRow, headerRowsOf } from "./header-rows";

/** What a number input holds: text while it is empty or half typed. */
type NumberInputValue = number | string;

/** One more field of an item. */
export interface FieldRow {
  /** Keeps a row's identity while rows come and go; never sent. */
  rowId: string;
  name: string;
}

/** One more field of a JSON item. */
export interface JsonFieldRow extends FieldRow {
  expression: string;
}

/** One more field of an HTML item. */
export interface HtmlFieldRow extends FieldRow {
  selector: string;
  attribute: string;
}

/** One more field of a row of a table. */
export interface CsvFieldRow extends FieldRow {
  column: string;
}

/** Pagination with every type's inputs side by side, so that a change of type and back loses nothing. */
export interface PaginationFormValues {
  type: Pagination["type"];
  maxPages: NumberInputValue;
  cursorExpression: string;
  cursorParameter: string;
  pageParameter: string;
  firstPage: NumberInputValue;
  step: NumberInputValue;
}

type Own<C extends SourceDefinition["config"]> = ReturnType<typeof withoutCommon<C>>;

/** The form of a source. Each kind has its own part, so that a change of kind and back loses nothing. */
export interface SourceFormValues {
  kind: SourceKind;
  name: string;
  url: string;
  enabled: boolean;
  ignoreRobots: boolean;
  /** Null: as the kind usually is. */
  completeList: boolean | null;
  everyRun: boolean;
  /** Empty: as usual. */
  limits: Record<SourceLimit, NumberInputValue>;
  feed: Required<Own<FeedConfig>>;
  json: Omit<Own<JsonApiConfig>, "fields" | "pagination"> & { fields: JsonFieldRow[]; pagination: PaginationFormValues };
  /** Names of types, with commas between them. */
  html: Omit<Own<HtmlPageConfig>, "fields" | "itemTypes"> & { itemTypes: string; fields: HtmlFieldRow[] };
  sitemap: Omit<Own<SitemapConfig>, "maxSitemaps"> & { maxSitemaps: NumberInputValue };
  /** Names of key columns, with commas between them. */
  csv: Omit<Own<CsvConfig>, "fields" | "keyColumns"> & { keyColumns: string; fields: CsvFieldRow[] };
  headers: HeaderRow[];
}

let lastRow = 0;

/** An empty row of the JSON field map. */
export function newJsonField(row: Partial<JsonFieldRow> = {}): JsonFieldRow {
  lastRow += 1;
  return { rowId: `json-${lastRow}`, name: "", expression: "", ...row };
}

/** An empty row of the HTML field map. */
export function newHtmlField(row: Partial<HtmlFieldRow> = {}): HtmlFieldRow {
  lastRow += 1;
  return { rowId: `html-${lastRow}`, name: "", selector: "", attribute: "", ...row };
}

/** An empty row of the field map of a table. */
export function newCsvField(row: Partial<CsvFieldRow> = {}): CsvFieldRow {
  lastRow += 1;
  return { rowId: `csv-${lastRow}`, name: "", column: "", ...row };
}

/** A form that states nothing yet. */
export function emptySourceForm(): SourceFormValues {
  return {
    kind: "feed",
    name: "",
    url: "",
    enabled: true,
    ignoreRobots: false,
    completeList: null,
    everyRun: false,
    limits: limitsPartOf({}),
    feed: { keyFrom: "id" },
    json: {
      itemsExpression: "",
      keyExpression: "",
      titleExpression: "",
      linkExpression: "",
      dateExpression: "",
      fields: [],
      pagination: { type: "none", maxPages: 10, cursorExpression: "", cursorParameter: "cursor", pageParameter: "page", firstPage: 1, step: 1 },
    },
    html: { itemsFrom: "selectors", itemTypes: "", itemSelector: "", titleSelector: "", linkSelector: "", dateSelector: "", keySelector: "", fields: [] },
    sitemap: { addressContains: "", maxSitemaps: 10 },
    csv: { delimiter: "auto", header: "auto", keyColumns: "", titleColumn: "", linkColumn: "", dateColumn: "", fields: [] },
    headers: [],
  };
}

/** The form of a stored source. */
export function storedSourceForm(source: Source): SourceFormValues {
  return { ...sourceFormOf(definitionOf(source), source.enabled), headers: headerRowsOf(source) };
}

/** The form of a definition: a template's or a stored one. */
export function sourceFormOf(definition: SourceDefinition, enabled = true): SourceFormValues {
  const { kind, name, url, config } = definition;
  const { ignoreRobots = false, completeList = null, everyRun = false } = config;
  const form = { ...emptySourceForm(), kind, name, url, enabled, ignoreRobots, completeList, everyRun, limits: limitsPartOf(config.limits ?? {}) };
  if (definition.kind === "feed") return { ...form, feed: { ...form.feed, ...withoutCommon(definition.config) } };
  if (definition.kind === "json_api") return { ...form, json: jsonPartOf(definition.config) };
  if (definition.kind === "html_page") return { ...form, html: htmlPartOf(definition.config) };
  if (definition.kind === "sitemap") return { ...form, sitemap: withoutCommon(definition.config) };
  if (definition.kind === "csv") return { ...form, csv: csvPartOf(definition.config) };
  return form;
}

/** A stored source as a definition; the database keeps kind and config beside each other, so their match is known but not typed. */
function definitionOf(source: Pick<Source, "name" | "url" | "kind" | "config">): SourceDefinition {
  return { name: source.name, url: source.url, kind: source.kind, config: source.config } as SourceDefinition;
}

function limitsPartOf(limits: SourceLimits): SourceFormValues["limits"] {
  const { seconds = "", megabytes = "", items = "", pauseSeconds = "" } = limits;
  return { seconds, megabytes, items, pauseSeconds };
}

function jsonPartOf(stored: JsonApiConfig): SourceFormValues["json"] {
  const { fields, pagination, ...config } = withoutCommon(stored);
  const rows = Object.entries(fields).map(([name, expression]) => newJsonField({ name, expression }));
  return { ...config, fields: rows, pagination: paginationPartOf(pagination) };
}

function paginationPartOf(pagination: Pagination): PaginationFormValues {
  const part = emptySourceForm().json.pagination;
  if (pagination.type === "cursor") return { ...part, ...pagination, cursorParameter: pagination.parameter };
  if (pagination.type === "page_number") return { ...part, ...pagination, pageParameter: pagination.parameter };
  return { ...part, ...pagination };
}

function htmlPartOf(stored: HtmlPageConfig): SourceFormValues["html"] {
  const { fields, itemTypes, ...config } = withoutCommon(stored);
  return { ...config, itemTypes: itemTypes.join(", "), fields: Object.entries(fields).map(([name, field]) => newHtmlField({ name, ...field })) };
}

function csvPartOf(stored: CsvConfig): SourceFormValues["csv"] {
  const { fields, keyColumns, ...config } = withoutCommon(stored);
  const rows = Object.entries(fields).map(([name, column]) => newCsvField({ name, column }));
  return { ...config, keyColumns: keyColumns.join(", "), fields: rows };
}
