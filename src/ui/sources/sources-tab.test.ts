import { describe, expect, it } from "vitest";
import { presetsHref } from "./presets-href";
import { sourcesViewOf } from "./sources-tab";

const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";
const paramsOf = (href: string) => Object.fromEntries(new URL(href, "http://localhost").searchParams);

describe("sourcesViewOf", () => {
  it("shows all sources unless told otherwise", () => expect(sourcesViewOf({})).toEqual({ tab: "sources", preset: null, failingOnly: false }));
  it("shows the failing sources", () => expect(sourcesViewOf({ show: "failing" }).failingOnly).toBe(true));
  it.each([undefined, "new", id])("comes back from the address of %s", (preset) => {
    expect(sourcesViewOf(paramsOf(presetsHref(preset)))).toEqual({ tab: "presets", preset: preset ?? null, failingOnly: false });
  });
  it("ignores what is no preset", () => expect(sourcesViewOf({ tab: "presets", preset: "../x" }).preset).toBeNull());
});
