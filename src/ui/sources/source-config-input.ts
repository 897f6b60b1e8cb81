import type { SourceKind } from "@/domain/source";
import type { FieldRow, PaginationFormValues, SourceFormValues } from "./source-form-values";

/** The part of the form that the configuration of a kind is typed in. */
export const FORM_PARTS = { feed: "feed", json_api: "json", html_page: "html", sitemap: "sitemap", csv: "csv" } as const satisfies Record<
  SourceKind,
  keyof SourceFormValues
>;

/** The configuration of the chosen kind as the schema takes it, without rows in which nothing was typed. */
export function configInput(values: SourceFormValues): object {
  const { ignoreRobots, completeList, everyRun } = values;
  const common = { ...(ignoreRobots && { ignoreRobots }), ...(completeList !== null && { completeList }), ...(everyRun && { everyRun }) };
  return { ...common, ...limitsInput(values), ...kindInput(values) };
}

/** Whether the source may have several pages, so that there is a pause between them. */
export function hasPages({ kind, json }: SourceFormValues): boolean {
  return kind === "sitemap" || (kind === "json_api" && json.pagination.type !== "none");
}

function limitsInput(values: SourceFormValues): object {
  const set = Object.entries(values.limits).filter(([name, value]) => value !== "" && (name !== "pauseSeconds" || hasPages(values)));
  return set.length > 0 ? { limits: Object.fromEntries(set) } : {};
}

/** The rows of further fields of the chosen kind. */
export function fieldRowsOf({ kind, json, html, csv }: SourceFormValues): readonly FieldRow[] {
  if (kind === "json_api") return json.fields;
  if (kind === "html_page") return html.fields;
  return kind === "csv" ? csv.fields : [];
}

/** True for a row in which nothing was typed. */
export function isBlank({ rowId: _rowId, ...texts }: FieldRow): boolean {
  return Object.values(texts).every((text) => text === "");
}

function kindInput({ kind, feed, json, html, sitemap, csv }: SourceFormValues): object {
  switch (kind) {
    case "feed":
      return feed.keyFrom === "id" ? {} : feed;
    case "json_api":
      return { ...json, fields: fieldsInput(json.fields, ({ expression }) => expression), pagination: paginationInput(json.pagination) };
    case "html_page":
      return { ...html, itemTypes: namesIn(html.itemTypes), fields: fieldsInput(html.fields, ({ selector, attribute }) => ({ selector, attribute })) };
    case "sitemap":
      return sitemap;
    case "csv":
      return { ...csv, keyColumns: namesIn(csv.keyColumns), fields: fieldsInput(csv.fields, ({ column }) => column) };
  }
}

function fieldsInput<Row extends FieldRow>(rows: readonly Row[], fieldOf: (row: Row) => unknown): object {
  return Object.fromEntries(rows.filter((row) => !isBlank(row)).map((row) => [row.name.trim(), fieldOf(row)]));
}

/** "sku, country" → its names. */
function namesIn(text: string): string[] {
  return text.split(",").flatMap((name) => name.trim() || []);
}

function paginationInput({ type, maxPages, cursorExpression, cursorParameter, pageParameter, firstPage, step }: PaginationFormValues): unknown {
  if (type === "none") return { type };
  if (type === "link_header") return { type, maxPages };
  if (type === "cursor") return { type, maxPages, cursorExpression, parameter: cursorParameter };
  return { type, maxPages, parameter: pageParameter, firstPage, step: step === 1 ? undefined : step };
}
