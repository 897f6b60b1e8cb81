import { describe, expect, it } from "vitest";
import type { SourceSuggestion } from "@/domain/address-check";
import { newHeaderRow } from "./header-rows";
import { emptySourceForm } from "./source-form-values";
import { mergeSuggestions, takeSuggestion } from "./suggestion-form";

const feed: SourceSuggestion = { label: "Feed: All news", name: "All news", kind: "feed", url: "https://example.com/rss", config: {} };

describe("taking a suggestion", () => {
  it("fills in the form", () => {
    const page: SourceSuggestion = { ...feed, kind: "html_page", url: "https://example.com/", config: { itemsFrom: "structured_data" } };
    expect(takeSuggestion(emptySourceForm(), page)).toMatchObject({
      kind: "html_page",
      url: page.url,
      name: "All news",
      html: { itemsFrom: "structured_data" },
    });
  });

  it("keeps what the person typed", () => {
    const typed = { ...emptySourceForm(), name: "Mine", enabled: false, ignoreRobots: true, headers: [newHeaderRow({ name: "X-Key", value: "1" })] };
    const { name, enabled, ignoreRobots, headers } = typed;
    expect(takeSuggestion(typed, feed)).toMatchObject({ name, enabled, ignoreRobots, headers, url: feed.url });
  });

  it("that is incomplete sets kind and address only", () => {
    const values = { ...emptySourceForm(), html: { ...emptySourceForm().html, titleSelector: "h2" } };
    expect(takeSuggestion(values, { ...feed, kind: "html_page", config: {} })).toMatchObject({ kind: "html_page", html: { titleSelector: "h2" } });
  });
});

it("suggestions are listed once, those that the address tells first", () => {
  const known = { ...feed, label: "Releases" };
  const other = { ...feed, url: "https://example.com/other" };
  expect(mergeSuggestions([known], [feed, other, other])).toEqual([known, other]);
});
