import { describe, expect, it } from "vitest";
import { presetsHref } from "./presets-href";
import { isNarrowed, type SourceListView, sourceListHref, sourcesViewOf } from "./sources-tab";

const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";
const paramsOf = (href: string) => Object.fromEntries(new URL(href, "http://localhost").searchParams);

describe("sourcesViewOf", () => {
  it("shows all sources unless told otherwise", () => expect(sourcesViewOf({})).toEqual({ tab: "sources", preset: null, list: { order: "name" } }));
  it.each([undefined, "new", id])("comes back from the address of %s", (preset) => {
    expect(sourcesViewOf(paramsOf(presetsHref(preset)))).toEqual({ tab: "presets", preset: preset ?? null, list: { order: "name" } });
  });
  it.each<SourceListView>([
    { order: "name" },
    { order: "name", failing: true },
    { order: "last_success", text: "milk & more", kind: "sitemap", failing: true },
  ])("comes back from the address of the list %j", (list) => {
    expect(sourcesViewOf(paramsOf(sourceListHref(list))).list).toEqual(list);
    expect(isNarrowed(list)).toBe(list.failing ?? false);
  });
  it("ignores what is no preset, no kind and no order", () => {
    expect(sourcesViewOf({ tab: "presets", preset: "../x" }).preset).toBeNull();
    expect(sourcesViewOf({ kind: "fax", order: "luck", q: ["a", "b"], show: "x" }).list).toEqual({ order: "name" });
  });
});
