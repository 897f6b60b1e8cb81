import { describe, expect, it } from "vitest";
import { listsEverything, tellsGone } from "./complete-list";
import { SOURCE_KINDS } from "./source";

const whole = { itemCount: 3, isWhole: true };

describe("a source's list", () => {
  it("tells what is gone where its kind usually holds everything, which feeds, pages and single pages of an API do not", () => {
    expect(Object.fromEntries(SOURCE_KINDS.map((kind) => [kind, listsEverything({ kind, config: {} })]))).toEqual({
      feed: false,
      json_api: false,
      html_page: false,
      sitemap: true,
      csv: true,
    });
  });

  it("tells what is gone where an API is read page by page to its end", () => {
    const listed = (type: string) => listsEverything({ kind: "json_api", config: { pagination: { type } } });
    expect([listed("none"), listed("cursor")]).toEqual([false, true]);
  });

  it("tells what is gone where somebody says that it is complete, and nowhere else", () => {
    expect(tellsGone({ kind: "feed", config: { completeList: true } }, whole)).toBe(true);
    expect(tellsGone({ kind: "csv", config: { completeList: false } }, whole)).toBe(false);
  });

  it.each([
    ["was read whole", whole, true],
    ["was cut off or lacks a page", { ...whole, isWhole: false }, false],
    ["is empty, as that of a site is that changed its pages", { itemCount: 0, isWhole: true }, false],
  ])("that %s", (_, read, expected) => {
    expect(tellsGone({ kind: "feed", config: { completeList: true } }, read)).toBe(expected);
  });
});
