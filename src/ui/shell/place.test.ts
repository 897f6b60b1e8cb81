import { afterEach, describe, expect, it, vi } from "vitest";
import { notePlace } from "./place";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("notePlace", () => {
  it("knows that the reader has stayed", () => {
    goTo("/items", "?view=1");
    expect(notePlace()()).toBe(true);
  });

  it.each([
    ["page", "/runs", "?view=1"],
    ["view of the page", "/items", "?view=2"],
  ])("knows that the reader has gone to another %s, and may have come back", (_, pathname, search) => {
    goTo("/items", "?view=1");
    const isStill = notePlace();
    goTo(pathname, search);
    expect(isStill()).toBe(false);
    goTo("/items", "?view=1");
    expect(isStill()).toBe(true);
  });
});

function goTo(pathname: string, search: string) {
  vi.stubGlobal("window", { location: { pathname, search } });
}
