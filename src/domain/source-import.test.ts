import { describe, expect, it } from "vitest";
import { readEntry } from "./source-import";

const entry = (line: number, url: string, name: string | null = null, kind: string | null = null, config: string | null = null) => ({
  ...{ line, url, name, kind, config },
});

describe("readEntry", () => {
  it.each([
    [null, "feed"],
    ["RSS", "feed"],
    ["JSON API", "json_api"],
    ["csv", "csv"],
    ["Sitemap", "sitemap"],
  ])("reads the kind %s as %s, with what it does unless told", (word, kind) => {
    expect(readEntry(entry(1, "https://a.example/", "A", word))).toMatchObject({ ok: true, definition: { kind } });
  });

  it("says why a kind cannot be made of an address alone", () => {
    expect(readEntry(entry(1, "https://a.example/", "A", "fax"))).toEqual({
      ok: false,
      problem: "“fax” is no kind of source. Use feed, json_api, html_page, sitemap, csv.",
    });
    expect(readEntry(entry(1, "https://a.example/", "A", "constructor"))).toMatchObject({ problem: expect.stringContaining("is no kind of source") });
    expect(readEntry(entry(1, "https://a.example/", "A", "html"))).toMatchObject({ problem: expect.stringContaining("Add it by hand.") });
  });

  it("takes what the list says of a source besides, and says why it cannot", () => {
    const read = (kind: string, config: string) => readEntry(entry(1, "https://a.example/", "A", kind, config));
    expect(read("html_page", '{"itemSelector":".post","limits":{"items":5}}')).toMatchObject({
      definition: { config: { itemSelector: ".post", limits: { items: 5 } } },
    });
    expect(read("html_page", "{}")).toEqual({ ok: false, problem: "Say which element holds one item, for instance article or .post." });
    for (const config of ["{", "null", "[1]", "1"]) expect(read("feed", config)).toMatchObject({ problem: expect.stringContaining("cannot be read") });
  });

  it("cuts a name that is too long, and names after the host what has none", () => {
    expect(readEntry(entry(1, "https://a.example/", "x".repeat(500)))).toMatchObject({ definition: { name: "x".repeat(120) } });
    expect(readEntry(entry(1, "https://a.example/", " "))).toMatchObject({ definition: { name: "a.example" } });
  });
});
