import { describe, expect, it } from "vitest";
import { itemViewHref, itemViewOf } from "./item-filter";

const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";

describe("itemViewOf", () => {
  it("reads every filter", () => expect(itemViewOf({ source: id, run: id, q: " cron " })).toEqual({ sourceId: id, runId: id, text: "cron" }));
  it("ignores what is no filter", () => expect(itemViewOf({ source: "x", run: [id], q: ["a", "b"] })).toEqual({}));
  it("ignores a search for nothing", () => expect(itemViewOf({ q: "   " })).toEqual({}));
  it("cuts a search that the API would refuse", () => expect(itemViewOf({ q: "a".repeat(500) }).text).toHaveLength(200));
});

describe("itemViewHref", () => {
  it("is the bare page without filters", () => expect(itemViewHref({})).toBe("/items"));

  it("reproduces the view", () => {
    const view = { sourceId: id, runId: id, text: "a & b = ü?" };
    const params = Object.fromEntries(new URL(itemViewHref(view), "http://localhost").searchParams);
    expect(itemViewOf(params)).toEqual(view);
  });
});
