import { describe, expect, it } from "vitest";
import type { CollectedItem } from "@/domain/item";
import { parseFeed } from "./feed";

const read = (text: string) => parseFeed(Buffer.from(text), { url: "https://example.com/blog/feed.xml" }).items;
const item = (inner: string) => `<item>${inner}</item>`;
const rss = (items: string, namespaces = "") => `<rss version="2.0" ${namespaces}><channel><title>News</title>${items}</channel></rss>`;
const atom = (entries: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><author><name>Ada</name></author>${entries}</feed>`;
const first = (text: string): Partial<CollectedItem> => read(text)[0] ?? {};

const MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"';
const ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
const A10 = 'xmlns:a10="http://www.w3.org/2005/Atom"';

describe("links", () => {
  it.each([
    ["<link><![CDATA[ /a?b=1&amp;c=2 ]]></link>", "https://example.com/a?b=1&c=2"],
    ["<link>/a?b=1&amp;amp;c=2</link>", "https://example.com/a?b=1&c=2"],
    ['<guid isPermaLink="true">/a</guid>', "https://example.com/a"],
    ["<guid>https://example.com/a</guid>", "https://example.com/a"],
    ["<guid>a</guid>", undefined],
    ['<guid isPermaLink="false">https://example.com/a</guid>', undefined],
    ['<link href="/a"/>', "https://example.com/a"],
    ["<link></link><link>/a</link>", "https://example.com/a"],
  ])("of RSS: %s", (inner, url) => expect(first(rss(item(`<title>x</title>${inner}`))).url).toBe(url));

  it.each([
    ["<id>https://example.com/a</id>", "https://example.com/a"],
    ['<id>1</id><link rel="image" href="/a.png"/>', undefined],
    ['<id>1</id><link rel="edit" href="/edit"/><link rel="self" href="/a"/>', "https://example.com/a"],
  ])("of Atom: %s", (inner, url) => expect(first(atom(`<entry><title>x</title>${inner}</entry>`)).url).toBe(url));
});

describe("fields", () => {
  it("name the files and the image of Media RSS, each once", () => {
    const media = `<media:content url="/a.mp4" type="video/mp4" fileSize="5"><media:thumbnail url="/t.jpg"/></media:content>
      <media:group><media:content url="/b.mp4"/></media:group><media:title>Film</media:title><media:description>About</media:description>`;
    expect(first(rss(item(`<enclosure url="/b.mp4" type="video/mp4" length="7"/>${media}`), MEDIA))).toMatchObject({
      title: "Film",
      fields: {
        summary: "About",
        image: "https://example.com/t.jpg",
        enclosures: [
          { url: "https://example.com/b.mp4", type: "video/mp4", length: 7 },
          { url: "https://example.com/a.mp4", type: "video/mp4", length: 5 },
        ],
      },
    });
  });

  it("name the keywords and the image of podcasts", () => {
    const podcast = '<title>x</title><itunes:keywords>one, two</itunes:keywords><itunes:image href="/i.jpg"/>';
    expect(first(rss(item(podcast), ITUNES)).fields).toEqual({ categories: ["one", "two"], image: "https://example.com/i.jpg" });
  });

  it("are read from Atom within RSS", () => {
    const inner = '<a10:author><a10:name>Jo</a10:name></a10:author><a10:content type="html">&lt;p&gt;x&lt;/p&gt;</a10:content><a10:category term="t"/>';
    expect(first(rss(item(`<title>x</title>${inner}`), A10)).fields).toEqual({ author: "Jo", categories: ["t"], content: "<p>x</p>" });
  });

  it("name who wrote the feed where an entry does not say who wrote it", () => {
    const entries = "<entry><id>1</id></entry><entry><id>2</id><author><name>Bo</name></author></entry>";
    const source = "<entry><id>3</id><source><author><name>Cy</name></author></source></entry>";
    expect(read(atom(entries + source)).map(({ fields }) => fields.author)).toEqual(["Ada", "Bo", "Cy"]);
    const json = { version: "https://jsonfeed.org/version/1.1", title: "J", authors: [{ name: "Ada" }], items: [{ id: "1" }] };
    expect(first(JSON.stringify(json)).fields?.author).toBe("Ada");
  });

  it("keep the whole of a text that is too long for a summary", () => {
    const text = "word ".repeat(2000).trim();
    expect(first(rss(item(`<description>${text}</description>`))).fields).toMatchObject({ summary: expect.stringMatching(/…$/), content: text });
    const json = { version: "https://jsonfeed.org/version/1.1", title: "J", items: [{ id: "1", summary: "short", content_text: "long" }] };
    expect(first(JSON.stringify(json)).fields).toEqual({ summary: "short", content: "long" });
  });
});

describe("what the strict reader passes over", () => {
  it.each([
    ["<published>2024-10-02</published>", { publishedAt: new Date("2024-10-02") }],
    ["<updated>2024-10-02</updated>", { publishedAt: new Date("2024-10-02") }],
    ["</b><description>d</description><pubDate>2024-10-02</pubDate>", { publishedAt: new Date("2024-10-02"), fields: { summary: "d" } }],
    ["<description/><description>d</description><pubDate/><pubDate>2024-10-02</pubDate>", { publishedAt: new Date("2024-10-02"), fields: { summary: "d" } }],
    ['<body xmlns="http://www.w3.org/1999/xhtml"><p>x</p></body>', { fields: { content: "<p>x</p>" } }],
    ['<link rel="enclosure" href="/a.mp3" type="audio/mpeg"/><link href="/a"/>', { url: "https://example.com/a" }],
  ])("is read nevertheless: %s", (inner, expected) => {
    expect(first(rss(item(`<title>x</title><guid>1</guid>${inner}`)))).toMatchObject({ key: "1", title: "x", ...expected });
  });

  it("is an id, too: behind an end without a beginning it is known again", () => {
    expect(first(rss(item("<title>x</title></b><guid>1</guid><link>/a</link>")))).toMatchObject({ key: "1", url: "https://example.com/a" });
  });

  it("is the same for an entry, whatever others lack: by its id it is known again", () => {
    const entry = item("<title>x</title><id>1</id><link>/a</link><pubDate>2024-10-02</pubDate><x:category xmlns:x='urn:x'>c</x:category>");
    const other = item("<title>y</title><id>2</id><link>/b</link><created>2024-10-03</created>");
    const whole = item("<title>y</title><id>2</id><link>/b</link><pubDate>2024-10-03</pubDate>");
    expect(first(rss(entry + other))).toEqual(first(rss(entry + whole)));
    expect(read(rss(entry + other)).map(({ key }) => key)).toEqual(["1", "2"]);
  });

  it("is no link that its feed calls none", () => {
    expect(first(rss(item('<guid isPermaLink="false">https://example.com/a</guid><link></link><link></link>'))).url).toBeUndefined();
  });

  it("is not taken from other vocabularies", () => {
    const clash = "<r:item><x:title>wrong</x:title><x:description>wrong</x:description><r:title>right</r:title><r:description>right</r:description></r:item>";
    const text = `<r:rss xmlns:r="urn:r" xmlns:x="urn:x"><r:channel>${clash}</r:channel></r:rss>`;
    expect(first(text)).toMatchObject({ title: "right", fields: { summary: "right" } });
  });

  it("is decoded from base64 in Atom 0.3", () => {
    const title = `<title type="text/html" mode="base64">${Buffer.from("<b>Bold</b>").toString("base64")}</title>`;
    expect(first(`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>${title}</entry></feed>`).title).toBe("Bold");
  });

  it("is put right where it was encoded twice", () => {
    expect(first(rss(item(`<title>${Buffer.from("Kälte").toString("latin1")}</title>`))).title).toBe("Kälte");
  });
});
