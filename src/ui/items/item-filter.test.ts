import { describe, expect, it } from "vitest";
import type { SavedView } from "@/domain/saved-view";
import { addressAfter, isSameFilter, itemsAddressOf, itemsHref, itemViewHref, shownFilter } from "./item-filter";

const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";
const at = new Date(0);
const milk: SavedView = { id, name: "Milk", filter: { text: "milk", state: "new" }, createdByName: null, createdAt: at, updatedAt: at };

describe("the address of the Items page", () => {
  it("says every filter", () => {
    const filter = { sourceId: id, runId: id, text: "cron" };
    expect(itemsAddressOf({ source: id, run: id, q: " cron ", view: id })).toEqual({ savedViewId: id, filter });
  });
  it("ignores what is no filter", () => expect(itemsAddressOf({ source: "x", run: [id], q: ["a", "b"], view: "7" })).toEqual({ filter: {} }));
  it("cuts a search that the API would refuse", () => expect(itemsAddressOf({ q: "a".repeat(500) }).filter.text).toHaveLength(200));
  it("is the bare page without filters", () => expect(itemViewHref({})).toBe("/items"));

  it("reproduces what is shown", () => {
    const address = { savedViewId: id, filter: { sourceId: id, text: "a & b = ü?", state: "gone", publishedTo: "2026-11-30" } as const };
    expect(itemsAddressOf(Object.fromEntries(new URL(itemsHref(address), "http://localhost").searchParams))).toEqual(address);
  });
});

describe("a saved view", () => {
  it("shows what it holds, unless the address says something else or it is gone", () => {
    expect(shownFilter({ savedViewId: id, filter: {} }, [milk])).toEqual(milk.filter);
    expect(shownFilter({ savedViewId: id, filter: { text: "tea" } }, [milk])).toEqual({ text: "tea" });
    expect(shownFilter({ savedViewId: id, filter: {} }, [])).toEqual({});
  });

  it("stays chosen while it is changed, and is named alone once it is as saved", () => {
    expect(addressAfter({ text: "tea" }, milk)).toEqual({ savedViewId: id, filter: { text: "tea" } });
    expect(addressAfter({ state: "new", text: "milk", sourceId: undefined }, milk)).toEqual({ savedViewId: id, filter: {} });
    expect(addressAfter({ text: undefined }, milk)).toEqual({ filter: { text: undefined } });
    expect(addressAfter({ text: "tea" }, undefined)).toEqual({ filter: { text: "tea" } });
  });

  it("is the same in whatever order it is stated", () => expect(isSameFilter({ state: "new", text: "milk" }, milk.filter)).toBe(true));
});
