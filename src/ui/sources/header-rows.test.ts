import { describe, expect, it } from "vitest";
import { asksForValue, headerInput, headerPathOf, headerRowsOf, newHeaderRow } from "./header-rows";

const URL = "https://api.example.org/items";
const [stored = newHeaderRow()] = headerRowsOf({ url: URL, headers: [{ name: "Authorization", updatedAt: new Date("2027-03-14T07:00:00Z") }] });
const typed = newHeaderRow({ name: "X-Key", value: "abc" });

describe("a header that is stored", () => {
  it("is sent without its value, which nobody knows here", () => {
    expect(headerInput([stored, typed], URL)).toEqual([{ name: "Authorization" }, { name: "X-Key", value: "abc" }]);
  });

  it("asks for its value when somebody replaces it", () => {
    const row = { ...stored, replacing: true, value: "new" };
    expect(asksForValue(row, URL)).toBe(true);
    expect(headerInput([row], URL)).toEqual([{ name: "Authorization", value: "new" }]);
  });

  it.each([
    ["https://api.example.org/other?page=2", false],
    ["https://api.example.com/items", true],
    ["http://api.example.org/items", true],
    ["https://api.example.org:8443/items", true],
    ["https://", false],
  ])("of %s asks for its value once the address leads to another site: %s", (url, asks) => {
    expect(asksForValue(stored, url)).toBe(asks);
  });
});

describe("the place of a server's message", () => {
  const rows = [newHeaderRow(), stored, newHeaderRow(), typed];

  it("counts the rows that are shown, also those in which nothing was typed", () => {
    expect([headerPathOf(rows, ["0", "value"]), headerPathOf(rows, ["1", "name"])]).toEqual(["headers.1.value", "headers.3.name"]);
  });

  it("is the list where it is about no row", () => expect(headerPathOf(rows, [])).toBe("headers"));
});
