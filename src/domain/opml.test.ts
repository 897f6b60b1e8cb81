import { describe, expect, it } from "vitest";
import { readOpml } from "./opml";

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

  it.each([
    "<outline ".repeat(100_000),
    `<outline ${"a".repeat(500_000)}`,
    `<outline ${" ".repeat(500_000)}`,
    `<outline a="${"<!--".repeat(100_000)}`,
    `${'<outline xmlUrl="a"/>'.repeat(20_000)}${" ".repeat(10_000_000)}`,
  ])("takes no long time for what never ends, not even a line (%#)", (text) => {
    const startedAt = performance.now();
    readOpml(text);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
