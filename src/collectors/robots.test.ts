import { describe, expect, it } from "vitest";
import { findRefusal, parseRobots } from "./robots";

const refusalOf = (text: string, address: string, token = "Milkrun") => findRefusal(parseRobots(text, token), new URL(address, "https://site.example.org"));
const allows = (text: string, address: string, token?: string) => refusalOf(text, address, token) === null;

describe("a robots.txt", () => {
  it("that is empty, or something else, allows everything", () => {
    expect(allows("", "/a")).toBe(true);
    expect(allows("<!doctype html><p>Disallow: everything", "/a")).toBe(true);
    expect(allows("Disallow: /", "/a")).toBe(true);
  });

  it("speaks to us by our name, however it is written, else to everybody", () => {
    const text = "User-agent: *\nDisallow: /\n\nUser-Agent: MILKRUN/2.0\nDisallow: /private";
    expect([allows(text, "/a"), allows(text, "/private"), allows(text, "/a", "Other")]).toEqual([true, false, false]);
    expect(allows("User-agent: Milkrunner\nDisallow: /", "/a")).toBe(true);
  });

  it("may name us more than once: all that it says counts", () => {
    const text = "User-agent: a\nUser-agent: milkrun\nDisallow: /a\n\nUser-agent: b\nDisallow: /b\n\nUser-agent: milkrun\nDisallow: /c";
    expect(["/a", "/b", "/c"].map((address) => allows(text, address))).toEqual([false, true, false]);
  });

  it("lets everything through for a name that has no rules", () => expect(allows("User-agent: *\nDisallow: /\n\nUser-agent: milkrun\n", "/a")).toBe(true));

  it("may have any ends of lines, a byte order mark, comments and spaces", () => {
    for (const end of ["\r\n", "\r", "\n"]) {
      const text = new TextDecoder().decode(Buffer.from(`\uFEFF# hello${end}  User-agent : * # all${end}Disallow:/a#b${end}`));
      expect([allows(text, "/a"), allows(text, "/b")]).toEqual([false, true]);
    }
  });

  it("may have other lines between names and rules, which say nothing", () =>
    expect(allows("User-agent: milkrun\nSitemap: https://site.example.org/map.xml\nHost: x\nDisallow: /", "/a")).toBe(false));

  it("never forbids itself", () => expect(allows("User-agent: *\nDisallow: /", "/robots.txt")).toBe(true));
});

describe("the rules", () => {
  const rules = (...lines: string[]) => ["User-agent: *", ...lines].join("\n");

  it("decide by the longest that matches, and of equal ones the one that allows", () => {
    const text = rules("Disallow: /a", "Allow: /a/b", "Disallow: /a/b/c", "Disallow: /same", "Allow: /same");
    expect(["/a", "/a/b", "/a/b/c", "/same", "/other"].map((address) => allows(text, address))).toEqual([false, true, false, true, true]);
  });

  it.each([
    ["/*.gif", "/a/b.gif?x", false],
    ["/*.gif$", "/a/b.gif", false],
    ["/*.gif$", "/a/b.gif?x", true],
    ["/*.gif$", "/a.gif/b.gif", false],
    ["/a*b*c", "/a-b-c-d", false],
    ["/a*b*c", "/a-c-b", true],
    ["/a$", "/a", false],
    ["/a$", "/ab", true],
    ["/a*a$", "/a", true],
    ["/a*$", "/abc", false],
    ["/a$b", "/a$b", false],
    ["/a$b", "/a", true],
    ["/**/b", "/a/b", false],
    ["*/feed", "/a/feed/", false],
    ["/x?y=1", "/x?y=1&z", false],
    ["a", "/a", true],
  ])("read * as anything and $ as the end: %s for %s is allowed: %s", (pattern, address, allowed) =>
    expect(allows(rules(`Disallow: ${pattern}`), address)).toBe(allowed),
  );

  it.each([
    ["/%7Ejoe", "/~joe"],
    ["/~joe", "/%7ejoe"],
    ["/caf\u00e9", "/caf%C3%A9"],
    ["/caf%c3%a9", "/caf\u00e9"],
    ["/a b", "/a%20b"],
    ["/with-%2A.html", "/with-*.html"],
    ["/%24", "/$"],
    ["/\u30c4", "/%E3%83%84"],
  ])("mean the same however it is encoded: %s and %s", (pattern, address) => expect(allows(rules(`Disallow: ${pattern}`), address)).toBe(false));

  it("tell an encoded slash from one that divides", () => expect(allows(rules("Disallow: /a/b"), "/a%2Fb")).toBe(true));

  it("are given as the site wrote them", () => expect(refusalOf(rules("Disallow: /pri*vate$"), "/private")).toBe("/pri*vate$"));

  it("are understood with the usual misspellings", () => {
    for (const word of ["dissallow", "disalow", "desallow", "disallaw", "Diasllow"]) expect(allows(`useragent: *\n${word}: /`, "/a")).toBe(false);
    expect(allows("User agent: *\nDisallow /", "/a")).toBe(false);
  });
});

describe("a pause that the site asks for", () => {
  const delayOf = (text: string) => parseRobots(text, "Milkrun").crawlDelayMs;

  it("is taken from the rules that are for us, and is half a minute at most", () => {
    expect(delayOf("User-agent: *\nCrawl-delay: 2.5\nDisallow: /a")).toBe(2_500);
    expect(delayOf("User-agent: *\nCrawl-delay: 600")).toBe(30_000);
    expect(delayOf("User-agent: *\nCrawl-delay: 5\n\nUser-agent: Milkrun\nDisallow: /a")).toBe(0);
  });

  it.each(["", "soon", "-1", "0", "NaN"])("is none where it makes no sense: %s", (value) => expect(delayOf(`User-agent: *\nCrawl-delay: ${value}`)).toBe(0));
});

describe("a hostile robots.txt of half a megabyte is read in a moment", () => {
  const address = `/${"a".repeat(1_900)}`;
  const BYTES = 500 * 1024;
  it.each([
    ["stars", `User-agent: *\nDisallow: /${"*a".repeat(BYTES / 2)}`],
    ["names", `${"User-agent: milkrun\n".repeat(12_000)}${"Disallow: /b\n".repeat(20_000)}`],
    ["rules", `User-agent: *\n${`Disallow: /*${"a".repeat(50)}b\n`.repeat(8_000)}`],
    ["spaces", `User-agent: *\nDisallow${" ".repeat(BYTES)}x`],
    ["colons", `User-agent: *\n${":".repeat(BYTES)}`],
  ])("made of %s", (_what, text) => {
    const before = process.cpuUsage();
    allows(text, address);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000, "milliseconds of a processor").toBeLessThan(1_000);
  });
});
