import { describe, expect, it } from "vitest";
import { fieldFill, fillWords, type TestedItem } from "./field-fill";

const item = (changes: Partial<TestedItem>): TestedItem => ({
  key: "k",
  title: "A",
  url: "https://example.com/",
  publishedAt: null,
  fields: {},
  isKnown: null,
  ...changes,
});

describe("fieldFill", () => {
  it("counts what holds something, over the union of the fields", () => {
    const items = [item({ fields: { price: 0, tags: [] } }), item({ title: "", fields: { price: null, sold: false } })];
    expect(fieldFill(items)).toEqual([
      { name: "title", filled: 1, total: 2 },
      { name: "link", filled: 2, total: 2 },
      { name: "date", filled: 0, total: 2 },
      { name: "price", filled: 1, total: 2 },
      { name: "tags", filled: 0, total: 2 },
      { name: "sold", filled: 1, total: 2 },
    ]);
  });
});

describe("fillWords", () => {
  it("says what is missing", () => expect(fillWords({ name: "date", filled: 7, total: 10 })).toBe("date: 3 of 10 missing"));
  it("says that all is there", () => expect(fillWords({ name: "title", filled: 10, total: 10 })).toBe("title: all 10"));
});
