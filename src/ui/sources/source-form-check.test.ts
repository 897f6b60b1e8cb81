import { describe, expect, it } from "vitest";
import { SOURCE_TEMPLATES } from "@/domain/templates";
import { newHeaderRow } from "./header-rows";
import { checkSourceForm, serverErrorsOf } from "./source-form-check";
import { emptySourceForm, newCsvField, newHtmlField, newJsonField, type SourceFormValues, sourceFormOf } from "./source-form-values";

const form = (changes: Partial<SourceFormValues>): SourceFormValues => ({ ...emptySourceForm(), name: "News", url: "https://example.com/feed", ...changes });
const jsonForm = (json: Partial<SourceFormValues["json"]>) => form({ kind: "json_api", json: { ...emptySourceForm().json, ...json } });
const htmlForm = (html: Partial<SourceFormValues["html"]>) =>
  form({ kind: "html_page", html: { ...emptySourceForm().html, itemSelector: "article", ...html } });
const csvForm = (csv: Partial<SourceFormValues["csv"]>) => form({ kind: "csv", csv: { ...emptySourceForm().csv, ...csv } });
const errorsOf = (values: SourceFormValues) => {
  const check = checkSourceForm(values);
  return check.ok ? {} : check.errors;
};

describe("a template's definition", () => {
  it.each(SOURCE_TEMPLATES.map((template) => [template.id, template.definition]))("comes back unchanged through the form: %s", (_id, definition) => {
    expect(checkSourceForm(sourceFormOf(definition))).toEqual({ ok: true, definition, headers: [] });
  });
});

describe("checkSourceForm", () => {
  it("asks for a name and an address", () => {
    expect(Object.keys(errorsOf(emptySourceForm()))).toEqual(["url", "name"]);
  });

  it("keeps the first message of an input", () => expect(errorsOf(form({ url: "" })).url).toBe("Enter the address of the source."));

  it("looks at the chosen kind only", () => {
    expect(checkSourceForm({ ...form({ kind: "feed" }), html: emptySourceForm().html })).toMatchObject({ ok: true, definition: { kind: "feed", config: {} } });
  });

  it.each(SOURCE_TEMPLATES.map((template) => template.definition))("keeps the permission to ignore robots.txt, whatever the kind: $kind", (definition) => {
    const permitted = { ...definition, config: { ...definition.config, ignoreRobots: true } } as typeof definition;
    expect(checkSourceForm(sourceFormOf(permitted))).toEqual({ ok: true, definition: permitted, headers: [] });
    expect(checkSourceForm({ ...sourceFormOf(permitted), ignoreRobots: false })).toEqual({ ok: true, definition, headers: [] });
  });

  it.each(SOURCE_TEMPLATES.map((template) => template.definition))("keeps the limits that are set, whatever the kind: $kind", (definition) => {
    const limited = { ...definition, config: { ...definition.config, limits: { seconds: 45, items: 100 } } } as typeof definition;
    expect(checkSourceForm(sourceFormOf(limited))).toEqual({ ok: true, definition: limited, headers: [] });
    expect(errorsOf({ ...sourceFormOf(limited), limits: { seconds: 61, megabytes: 11, items: "", pauseSeconds: "" } })).toEqual({
      "limits.seconds": "Enter 1 to 60 seconds, or leave it empty.",
      "limits.megabytes": "Enter 1 to 10 megabytes, or leave it empty.",
    });
  });

  it("keeps a pause between pages where there are pages, and what a feed's entries are known again by", () => {
    const limits = { ...emptySourceForm().limits, pauseSeconds: 5 };
    expect(checkSourceForm(form({ limits }))).toMatchObject({ definition: { config: {} } });
    expect(checkSourceForm(form({ kind: "sitemap", limits }))).toMatchObject({ definition: { config: { limits: { pauseSeconds: 5 } } } });
    const linked = checkSourceForm(form({ feed: { keyFrom: "link" } }));
    expect(linked).toMatchObject({ ok: true, definition: { config: { keyFrom: "link" } } });
    if (linked.ok) expect(sourceFormOf(linked.definition).feed.keyFrom).toBe("link");
  });

  it("leaves out rows in which nothing was typed", () => {
    expect(checkSourceForm(jsonForm({ fields: [newJsonField(), newJsonField({ name: "price", expression: "cost" })] }))).toMatchObject({
      ok: true,
      definition: { config: { fields: { price: "cost" } } },
    });
  });

  it("reads the names of key columns between commas", () => {
    expect(checkSourceForm(csvForm({ keyColumns: " sku , country,," }))).toMatchObject({
      ok: true,
      definition: { config: { keyColumns: ["sku", "country"] } },
    });
  });

  it("sends each pagination's own parameter", () => {
    const pagination = {
      ...emptySourceForm().json.pagination,
      type: "cursor" as const,
      cursorExpression: "next",
      cursorParameter: "after",
      pageParameter: "p",
    };
    expect(checkSourceForm(jsonForm({ pagination }))).toMatchObject({ ok: true, definition: { config: { pagination: { parameter: "after" } } } });
  });
});

describe("where a message belongs", () => {
  const pagination = (changes: Partial<SourceFormValues["json"]["pagination"]>) =>
    jsonForm({ pagination: { ...emptySourceForm().json.pagination, ...changes } });

  it.each<[string, SourceFormValues, string, RegExp]>([
    ["an item selector", form({ kind: "html_page" }), "html.itemSelector", /Say which element/],
    ["a cursor expression", pagination({ type: "cursor" }), "json.pagination.cursorExpression", /next cursor/],
    [
      "a cursor's parameter",
      pagination({ type: "cursor", cursorExpression: "next", cursorParameter: "" }),
      "json.pagination.cursorParameter",
      /query parameter/,
    ],
    ["a page's parameter", pagination({ type: "page_number", pageParameter: "" }), "json.pagination.pageParameter", /query parameter/],
    ["an empty number", pagination({ type: "link_header", maxPages: "" }), "json.pagination.maxPages", /whole number/],
    ["too many pages", pagination({ type: "link_header", maxPages: 101 }), "json.pagination.maxPages", /At most 100/],
    [
      "a field without an expression",
      jsonForm({ fields: [newJsonField(), newJsonField({ name: "price" })] }),
      "json.fields.1.expression",
      /what the field holds/,
    ],
    ["a field without a name", jsonForm({ fields: [newJsonField({ expression: "a" })] }), "json.fields.0.name", /Use letters/],
    ["a field with a bad name", htmlForm({ fields: [newHtmlField({ name: "2 fast", selector: "b" })] }), "html.fields.0.name", /Use letters/],
    ["a reserved name", htmlForm({ fields: [newHtmlField({ name: "constructor", selector: "b" })] }), "html.fields.0.name", /reserved/],
    ["a header's name", form({ headers: [newHeaderRow(), newHeaderRow({ name: "X Key", value: "1" })] }), "headers.1.name", /letters, digits and hyphens/],
    ["a header's value", form({ headers: [newHeaderRow({ name: "X-Key" })] }), "headers.0.value", /Enter the value/],
    ["a column's name", csvForm({ titleColumn: "x".repeat(101) }), "csv.titleColumn", /under 100/],
    ["one of the key columns", csvForm({ keyColumns: `sku, ${"x".repeat(101)}` }), "csv.keyColumns", /under 100/],
    ["a field without a column", csvForm({ fields: [newCsvField({ name: "price" })] }), "csv.fields.0.column", /which column/],
    ["a number of sitemaps", form({ kind: "sitemap", sitemap: { addressContains: "", maxSitemaps: "" } }), "sitemap.maxSitemaps", /whole number/],
    ["a long selector", htmlForm({ fields: [newHtmlField({ name: "a", selector: "b".repeat(501) })] }), "html.fields.0.selector", /under 500/],
    [
      "a name used twice",
      jsonForm({ fields: [newJsonField({ name: "a", expression: "x" }), newJsonField({ name: "a ", expression: "y" })] }),
      "json.fields.1.name",
      /has this name/,
    ],
  ])("%s", (_what, values, path, message) => {
    const errors = errorsOf(values);
    expect(Object.keys(errors)).toEqual([path]);
    expect(errors[path]).toMatch(message);
  });
});

describe("serverErrorsOf", () => {
  const values = jsonForm({ fields: [newJsonField({ name: "price", expression: "(" })] });

  it.each([
    ["name", "name"],
    ["definition.url", "url"],
    ["definition.config.titleExpression", "json.titleExpression"],
    ["config.fields.price", "json.fields.0.expression"],
  ])("puts %s at %s", (path, formPath) => expect(serverErrorsOf(values, { [path]: "No." })).toEqual({ [formPath]: "No." }));
});
