import { describe, expect, it } from "vitest";
import { cleanFields, tidyText } from "./clean-item";
import { contentHash } from "./content-hash";
import { identifyItems } from "./identify-items";

describe("contentHash", () => {
  const item = { title: "x", url: "https://example.com/", publishedAt: new Date(0), fields: { b: [1, { d: 2, c: null }], a: "é" } };

  it("does not depend on the order of the fields", () => {
    expect(contentHash({ ...item, fields: { a: "é", b: [1, { c: null, d: 2 }] } })).toBe(contentHash(item));
  });

  it.each([
    ["title", { ...item, title: "y" }],
    ["url", { ...item, url: "https://example.com/2" }],
    ["publishedAt", { ...item, publishedAt: new Date(1) }],
    ["a field", { ...item, fields: { ...item.fields, a: "e" } }],
    ["the order of a list", { ...item, fields: { ...item.fields, b: [{ d: 2, c: null }, 1] } }],
    ["a number that was text", { ...item, fields: { ...item.fields, b: ["1", { d: 2, c: null }] } }],
  ])("changes with %s", (_name, changed) => {
    expect(contentHash(changed)).not.toBe(contentHash(item));
    expect(contentHash(changed)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("stays what it is: it is stored", () => {
    expect(contentHash({ title: "x", fields: { b: 1, a: [true, null] } })).toBe("a1d4b18e928812f9fb8d47bccdb75f1d4ad46e21a5d0a7f7afa0d53a44b39b62");
  });
});

describe("identifyItems", () => {
  it("keeps equal rows of a table without keys apart, by number", () => {
    const rows = [{ fields: { a: 1 } }, { fields: { a: 1 } }, { fields: { a: 2 } }];
    const keys = identifyItems(rows, { keepEqualRows: true }).map(({ key }) => key);
    expect(keys).toEqual([expect.stringMatching(/^sha256:\w{64}$/), `${keys[0]}#2`, expect.stringMatching(/^sha256:\w{64}$/)]);
    expect(identifyItems(rows)).toHaveLength(2);
  });

  it("tells those that share a key apart by address where each has its own, whatever else changes about them", () => {
    const [one, other] = ["https://example.com/1", "https://example.com/2"];
    const keysOf = (title: string) =>
      identifyItems([
        { key: "a", title, url: one, fields: {} },
        { key: "a", title: "x", url: other, fields: {} },
      ]).map(({ key }) => key);
    expect(keysOf("before")).toEqual(keysOf("after"));
    expect(new Set(keysOf("before")).size).toBe(2);
  });

  it("tells those apart by title and date where their addresses are the same, too, whatever else changes about them", () => {
    const url = "https://example.com/shows";
    const [first, second] = [new Date("2026-11-24T19:00:00Z"), new Date("2026-11-25T19:00:00Z")];
    const keysOf = (seats: number) =>
      identifyItems([
        { title: "Show", url, publishedAt: first, fields: { seats } },
        { title: "Show", url, publishedAt: second, fields: { seats: 9 } },
        { title: "Other show", url, publishedAt: second, fields: { seats: 9 } },
      ]).map(({ key }) => key);
    expect(keysOf(5)).toEqual(keysOf(4));
    expect(new Set(keysOf(5)).size).toBe(3);
  });

  it.each([
    ["https://example.com/a;jsessionid=0A1B?id=1", "https://example.com/a?id=1"],
    ["https://example.com/a?PHPSESSID=0a1b&id=1", "https://example.com/a?id=1"],
    ["https://example.com/a?id=1&CFID=7&CFTOKEN=8#top", "https://example.com/a?id=1#top"],
    ["https://example.com/a?session=spring", "https://example.com/a?session=spring"],
    ["urn:jsessionid=1", "urn:jsessionid=1"],
  ])("does not take the number of a visit for a part of the address: %s", (address, expected) => {
    expect(identifyItems([{ url: address, fields: {} }])[0]).toMatchObject({ key: expected, url: expected });
    expect(identifyItems([{ key: address, fields: {} }])[0]?.key).toBe(expected);
  });

  it("drops dates that are none", () => {
    expect(identifyItems([{ key: "a", publishedAt: new Date(Number.NaN), fields: {} }])).toEqual([{ key: "a", fields: {} }]);
  });
});

describe("cleaning", () => {
  it("leaves nothing that reaches a prototype or that the database refuses", () => {
    const hostile: object = JSON.parse('{"__proto__": {"x": 1}, "constructor": 1, "ok": {"prototype": 2, "a\\u0000": "b\\u0000\\ud800"}}');
    const clean = cleanFields(hostile);
    expect(clean).toEqual({ ok: { a: "b\uFFFD" } });
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
  });

  it("ends towers of lists", () => {
    let tower: unknown = 1;
    for (let height = 0; height < 100_000; height += 1) tower = [tower];
    expect(JSON.stringify(cleanFields({ tower })).length).toBeLessThan(1000);
  });

  it("does not cut characters in half", () => {
    expect(tidyText("😀".repeat(10), 6)).toBe("😀😀…");
  });
});
