import { describe, expect, it } from "vitest";
import { readOpml } from "./opml";
import { writeOpml } from "./write-opml";

describe("writeOpml", () => {
  it("gives back what it was given, whatever the characters", () => {
    const own = { kind: "feed", config: {}, enabled: true, headers: [] };
    const feeds = [
      { name: `Tom & "Jerry" <script>'s`, url: "https://a.example/?a=1&b=<2>" },
      { name: "ミルク 🥛", url: "https://b.example/" },
      { name: "Bell\u0007 and \uD800", url: "https://c.example/" },
    ];
    const text = writeOpml(
      "Sources & more",
      feeds.map((feed) => ({ ...feed, ...own })),
      new Date("2026-11-27T05:00:00Z"),
    );
    expect(readOpml(text).map(({ name, url }) => ({ name, url }))).toEqual([...feeds.slice(0, 2), { name: "Bell and \uFFFD", url: "https://c.example/" }]);
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<opml version="2.0" xmlns:milkrun="urn:milkrun:source">\n {2}<head>\n {4}<title>Sources &#38; more<\/title>\n/,
    );
    expect(text).toContain("<dateCreated>Fri, 27 Nov 2026 05:00:00 GMT</dateCreated>");
  });

  it("keeps what a source says besides, and its kind; feed readers find the addresses of feeds only", () => {
    const on = { enabled: true, headers: [] };
    const sources = [
      { name: "News", url: "https://a.example/", kind: "feed", config: { limits: { items: 50 } }, ...on },
      { name: "List", url: "https://b.example/", kind: "html_page", config: { itemSelector: 'a[title="x"] > b' }, ...on },
    ];
    const text = writeOpml("Sources", sources, new Date("2026-11-27T05:00:00Z"));
    expect(readOpml(text).map(({ kind, config, url }) => ({ kind, config: JSON.parse(config ?? ""), url }))).toEqual([
      { kind: null, config: sources[0]?.config, url: "https://a.example/" },
      { kind: "html_page", config: sources[1]?.config, url: "https://b.example/" },
    ]);
    expect(text.match(/xmlUrl="[^"]*"/g)).toEqual(['xmlUrl="https://a.example/"']);
    // Some take an attribute called url, whosever it is, for a feed's address.
    expect(text).not.toMatch(/[\s:]url=/i);
    expect(readOpml(text.replaceAll("milkrun:address", "milkrun:url"))).toEqual(readOpml(text));
  });

  it("tells of a source that it is off, which headers it needs, and that one above has its address", () => {
    const [url, feed] = ["https://a.example/", { kind: "feed", config: {} }];
    const sources = [
      { ...feed, name: "On", url, enabled: true, headers: [] },
      { ...feed, name: "Off", url: `${url}#off`, enabled: false, headers: ["Authorization", "X-Key"] },
    ];
    expect(readOpml(writeOpml("Sources", sources, new Date("2026-11-27T05:00:00Z")))).toMatchObject([
      { enabled: true, headers: [], sharesAddress: false },
      { enabled: false, headers: ["Authorization", "X-Key"], sharesAddress: true },
    ]);
  });
});
