import { describe, expect, it } from "vitest";
import { readOpml, writeOpml } from "./opml";

const document = (...lines: string[]) => ['<?xml version="1.0"?>', '<opml version="2.0"><body>', ...lines, "</body></opml>"].join("\n");
const unsaid = { kind: null, config: null, enabled: true, headers: [], sharesAddress: false };
const feedsOf = (...lines: string[]) => readOpml(document(...lines)).map(({ name, url }) => ({ name, url }));

describe("readOpml", () => {
  it("finds feeds in folders in folders, each with its line, named by title before text", () => {
    const text = document('<outline text="News">', '<outline title="A" text="B" xmlUrl="https://a.example/"/>', '<outline text="Deep">');
    const read = readOpml(`${text.replace("</body>", '<outline text="C" XMLURL="https://c.example/"></outline></outline></outline></body>')}`);
    expect(read).toEqual([
      { line: 4, url: "https://a.example/", name: "A", ...unsaid, problem: null },
      { line: 6, url: "https://c.example/", name: "C", ...unsaid, problem: null },
    ]);
  });

  it("reads entities, tags over several lines, single quotes, and addresses that were wrapped", () => {
    expect(feedsOf("<outline type='rss'\n  text='Tom &amp; “J” &#169; &unknown; &#x41;'\n  xmlUrl='https://a.example/?a=1&amp;\n  b=2' />")).toEqual([
      { name: "Tom & “J” © &unknown; A", url: "https://a.example/?a=1&b=2" },
    ]);
  });

  it("leaves out comments and CDATA, and takes a greater-than sign within quotes", () => {
    expect(feedsOf('<!-- <outline xmlUrl="https://no.example/"/> -->', '<![CDATA[<outline xmlUrl="https://no.example/"/>]]>')).toEqual([]);
    expect(feedsOf('<outline text="a > b" xmlUrl="https://a.example/"/>')).toEqual([{ name: "a > b", url: "https://a.example/" }]);
  });

  it("finds the address behind a description whose raw HTML ends the tag too early", () => {
    expect(feedsOf('<outline text="A" description="<a href="https://x.example/">x</a>" xmlUrl="https://a.example/" />', '<outline text="Folder">')).toEqual([
      { name: "A", url: "https://a.example/" },
    ]);
  });

  it("says of a feed without an address, and of one that breaks off, what is wrong, and reads the others", () => {
    expect(readOpml(document('<outline type="rss" text="Lost"/>', '<outline text="Found" xmlUrl="https://a.example/"/>'))).toMatchObject([
      { line: 3, name: "Lost", problem: "This feed has no address (xmlUrl)." },
      { line: 4, name: "Found", problem: null },
    ]);
    expect(readOpml('<opml><outline text="Cut" xmlUrl="https://a.exa')).toMatchObject([{ name: "Cut", problem: expect.stringContaining("breaks off") }]);
  });

  it.each(["<outline ".repeat(100_000), `<outline ${"a".repeat(500_000)}`, `<outline ${" ".repeat(500_000)}`, `<outline a="${"<!--".repeat(100_000)}`])(
    "takes no long time for what never ends (%#)",
    (text) => {
      const startedAt = performance.now();
      readOpml(text);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    },
  );
});

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
