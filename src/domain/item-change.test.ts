import { describe, expect, it } from "vitest";
import { changedFields, MOST_CHANGED_FIELDS, MOST_VALUE_LENGTH } from "./item-change";

const item = (fields = {}, rest = {}) => ({ title: "Milk", url: "https://example.org/milk", publishedAt: new Date("2026-11-24T07:00:00Z"), fields, ...rest });

describe("changedFields", () => {
  it("tells old and new values, the common ones first", () => {
    expect(changedFields(item({ price: 12, unit: "l" }), item({ price: 13, unit: "l" }, { title: "Fresh milk" }))).toEqual({
      fields: [
        { field: "Title", from: "Milk", to: "Fresh milk" },
        { field: "price", from: "12", to: "13" },
      ],
      moreFields: 0,
    });
  });

  it("tells of fields that came and went", () => {
    expect(changedFields(item({ old: true }, { url: undefined }), item({ new: ["a", 1] })).fields).toEqual([
      { field: "Link", from: null, to: "https://example.org/milk" },
      { field: "new", from: null, to: '["a",1]' },
      { field: "old", from: "true", to: null },
    ]);
  });

  it("sees no change in another order of members, and one in another order of a list", () => {
    expect(changedFields(item({ a: { x: 1, y: [2] } }), item({ a: { y: [2], x: 1 } })).fields).toEqual([]);
    expect(changedFields(item({ a: [1, 2] }), item({ a: [2, 1] })).fields).toEqual([{ field: "a", from: "[1,2]", to: "[2,1]" }]);
    expect(changedFields(item({ a: { x: null } }), item({ a: { y: null } })).fields).toHaveLength(1);
  });

  it("keeps a change small: long values are cut at a whole character, and further fields are counted", () => {
    const many = Object.fromEntries(Array.from({ length: MOST_CHANGED_FIELDS + 3 }, (_, index) => [`field ${index}`, index]));
    const { fields, moreFields } = changedFields(item(), item({ text: `${"x".repeat(MOST_VALUE_LENGTH - 1)}💧💧`, ...many }));
    expect([fields.length, moreFields]).toEqual([MOST_CHANGED_FIELDS, 4]);
    expect(fields[0]?.to).toBe(`${"x".repeat(MOST_VALUE_LENGTH - 1)}…`);
  });

  it("tells fields that are called as the common ones are apart from those", () => {
    expect(changedFields(item({ Title: "x" }), item({ Title: "y" })).fields).toEqual([{ field: "Title (field)", from: "x", to: "y" }]);
  });
});
