import { describe, expect, it } from "vitest";
import { definitionOf, readSourceLines } from "./source-lines";

const urls = (text: string) => readSourceLines(text).map(({ url }) => url);

describe("readSourceLines", () => {
  it("takes one address a line, in order, and leaves out what is empty", () => {
    expect(urls("https://b.example/feed\n\n  https://a.example/rss  \r\n")).toEqual(["https://b.example/feed", "https://a.example/rss"]);
    expect(urls(" \n\n")).toEqual([]);
  });

  it("takes what stands behind an address for its name", () => {
    expect(readSourceLines("https://a.example/rss  The  Gazette")).toEqual([
      { url: "https://a.example/rss", name: "The Gazette", kind: null, config: null, problem: null },
    ]);
  });

  it("counts an address once, the first time", () => {
    expect(readSourceLines("https://a.example/ One\nhttps://b.example/\nhttps://a.example/ Two")).toMatchObject([
      { url: "https://a.example/", name: "One" },
      { url: "https://b.example/" },
    ]);
  });

  it("takes an address without its beginning for https", () => {
    expect(urls("example.com/feed.xml")).toEqual(["https://example.com/feed.xml"]);
  });

  it.each(["ftp://example.com/feed", "javascript:alert(1)", "https://user:secret@example.com/", "https://"])("says what is wrong with %s", (line) => {
    expect(readSourceLines(line)).toMatchObject([{ problem: expect.stringMatching(/address/) }]);
  });
});

describe("definitionOf", () => {
  const [named, unnamed] = readSourceLines("https://a.example/rss Mine\nhttps://b.example/rss");

  it("prefers the person's name to the feed's, and the feed's to the host", () => {
    const names = [named && definitionOf(named, "Theirs"), unnamed && definitionOf(unnamed, " Theirs "), unnamed && definitionOf(unnamed, null)];
    expect(names.map((definition) => definition?.name)).toEqual(["Mine", "Theirs", "b.example"]);
  });

  it("cuts a name that is too long to be stored", () => {
    expect(unnamed && definitionOf(unnamed, "x".repeat(500)).name).toHaveLength(120);
  });
});
