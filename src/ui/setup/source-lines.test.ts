import { describe, expect, it } from "vitest";
import { definitionOf, namedEntry, readSourceLines } from "./source-lines";

const urls = (text: string) => readSourceLines(text).map(({ outcome }) => outcome.url);

describe("readSourceLines", () => {
  it("takes one address a line, in order, and leaves out what is empty", () => {
    expect(urls("https://b.example/feed\n\n  https://a.example/rss  \r\n")).toEqual(["https://b.example/feed", "https://a.example/rss"]);
    expect(urls(" \n\n")).toEqual([]);
  });

  it("takes what stands behind an address for its name", () => {
    expect(readSourceLines("https://a.example/rss  The  Gazette")).toMatchObject([{ entry: { url: "https://a.example/rss", name: "The Gazette" } }]);
  });

  it("counts an address once, the first time, unless the list has it as a source of its own", () => {
    expect(readSourceLines("https://a.example/ One\nhttps://b.example/\nhttps://a.example/ Two")).toMatchObject([
      { entry: { url: "https://a.example/", name: "One" } },
      { entry: { url: "https://b.example/" } },
    ]);
    const outline = (own: string) => `<outline text="A" xmlUrl="https://a.example/" ${own}/>`;
    expect(urls(`<opml>${outline("")}${outline('milkrun:shares-address="true"')}${outline("")}</opml>`)).toHaveLength(2);
  });

  it("takes an address without its beginning for https", () => {
    expect(urls("example.com/feed.xml")).toEqual(["https://example.com/feed.xml"]);
  });

  it.each(["ftp://example.com/feed", "javascript:alert(1)", "https://user:secret@example.com/", "https://"])("says what is wrong with %s", (line) => {
    expect(readSourceLines(line)).toMatchObject([{ outcome: { outcome: "failed", reason: expect.stringMatching(/address/) } }]);
  });
});

describe("an entry of the list", () => {
  const [named, unnamed] = readSourceLines("https://a.example/rss Mine\nhttps://b.example/rss").map(({ entry }) => entry);

  it("is named by the person rather than by the feed, and by the feed rather than after the host", () => {
    const names = [named && namedEntry(named, "Theirs"), unnamed && namedEntry(unnamed, " Theirs "), unnamed && namedEntry(unnamed, null)];
    expect(names.map((entry) => entry?.name)).toEqual(["Mine", "Theirs", "b.example"]);
    expect(unnamed && definitionOf(unnamed)).toMatchObject({ kind: "feed", name: "b.example" });
  });

  it("has its name cut where that is too long to be stored", () => {
    expect(unnamed && namedEntry(unnamed, "x".repeat(500)).name).toHaveLength(120);
  });
});
