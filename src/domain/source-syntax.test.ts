import { describe, expect, it } from "vitest";
import { type SourceDefinition, sourceDefinitionSchema } from "./source";
import { requireReadable } from "./source-syntax";

const json = (config: object) => sourceDefinitionSchema.parse({ kind: "json_api", name: "API", url: "https://example.org/api", config });
const html = (config: object) => sourceDefinitionSchema.parse({ kind: "html_page", name: "Page", url: "https://example.org/", config });

function refusalOf(definition: SourceDefinition, prefix?: string): unknown {
  try {
    requireReadable(definition, prefix);
    return null;
  } catch (error) {
    return error;
  }
}

describe("expressions and selectors of a source", () => {
  it.each([
    [json({ itemsExpression: "((" }), "config.itemsExpression"],
    [json({ keyExpression: "id +" }), "config.keyExpression"],
    [json({ fields: { price: "$sum(" } }), "config.fields.price"],
    [json({ pagination: { type: "cursor", parameter: "after", cursorExpression: "meta.[" } }), "config.pagination.cursorExpression"],
    [html({ itemSelector: "div[" }), "config.itemSelector"],
    [html({ itemSelector: ".post", titleSelector: "h2 >" }), "config.titleSelector"],
    [html({ itemSelector: ".post", fields: { price: { selector: "..price" } } }), "config.fields.price.selector"],
  ])("are refused at the field when they can't be read (%#)", (definition, field) => {
    expect(refusalOf(definition)).toMatchObject({ code: "validation", details: { field }, message: expect.stringContaining("can't be read") });
    expect(refusalOf(definition, "definition.")).toMatchObject({ details: { field: `definition.${field}` } });
  });

  it.each([
    [json({})],
    [json({ itemsExpression: "data.items[status = 'open']", titleExpression: 'name & " " & $string(id)', fields: { day: "$substring(at, 0, 10)" } })],
    [html({ itemSelector: "article.post:not(.ad) > h2, li[data-id='3']", linkSelector: "a[href^=http]:first" })],
    [sourceDefinitionSchema.parse({ kind: "feed", name: "Feed", url: "https://example.org/feed" })],
  ])("are left alone when they can (%#)", (definition) => {
    expect(refusalOf(definition)).toBeNull();
  });
});
