import { describe, expect, it } from "vitest";
import { isCollectError } from "./collect-error";
import { type DocumentContext, parseFeed } from "./feed";

const context: DocumentContext = { url: "https://example.com/blog/feed.xml" };

function read(text: string | Uint8Array, about: Partial<DocumentContext> = {}) {
  return parseFeed(typeof text === "string" ? Buffer.from(text) : text, { ...context, ...about });
}

function failureOf(text: string) {
  try {
    return read(text);
  } catch (error) {
    return isCollectError(error) ? { code: error.code, message: error.message } : error;
  }
}

const rss = (items: string, channel = "") => `<rss version="2.0"><channel><title>News</title>${channel}${items}</channel></rss>`;
const item = (inner: string) => `<item>${inner}</item>`;
const only = (text: string) => read(text).items[0];

describe("formats", () => {
  it("RSS 2.0", () => {
    const { title, items } = read(
      rss(
        item(`<title>One</title><link>https://example.com/1</link><guid isPermaLink="false">a1</guid><pubDate>Wed, 02 Oct 2024 13:00:00 GMT</pubDate>
          <description>&lt;p&gt;Hello &lt;b&gt;you&lt;/b&gt;&lt;/p&gt;</description><author>jo@example.com (Jo)</author><category>x</category>
          <enclosure url="/a.mp3" type="audio/mpeg" length="12"/>`),
      ),
    );
    expect(title).toBe("News");
    expect(items).toEqual([
      {
        key: "a1",
        title: "One",
        url: "https://example.com/1",
        publishedAt: new Date("2024-10-02T13:00:00Z"),
        fields: {
          author: "Jo",
          categories: ["x"],
          summary: "Hello you",
          content: "<p>Hello <b>you</b></p>",
          enclosures: [{ url: "https://example.com/a.mp3", type: "audio/mpeg", length: 12 }],
        },
      },
    ]);
  });

  it("RSS 0.91 with its document type", () => {
    const doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">';
    expect(
      read(`<?xml version="1.0"?>${doctype}<rss version="0.91"><channel><title>Old</title>${item("<title>One</title>")}</channel></rss>`).items,
    ).toHaveLength(1);
  });

  it("RDF", () => {
    const text = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://example.com/"><title>R</title></channel>
      <item rdf:about="https://example.com/1"><title>One</title><link>https://example.com/1</link><dc:date>2024-10-02T13:00:00+02:00</dc:date></item></rdf:RDF>`;
    expect(only(text)).toMatchObject({ key: "https://example.com/1", title: "One", publishedAt: new Date("2024-10-02T11:00:00Z") });
  });

  it("Atom, with relative links and xml:base", () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/"><title>A</title>
      <entry xml:base="deep/"><id>urn:1</id><title type="text">How to use &lt;div&gt;</title><link rel="self" href="x"/><link href="one"/><updated>2024-10-02T13:00:00Z</updated></entry></feed>`;
    expect(only(text)).toMatchObject({
      key: "urn:1",
      title: "How to use <div>",
      url: "https://example.org/deep/one",
      publishedAt: new Date("2024-10-02T13:00:00Z"),
    });
  });

  it("a single Atom entry", () => {
    expect(only('<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:1</id><title>One</title></entry>')).toMatchObject({ key: "urn:1", title: "One" });
  });

  it("JSON Feed with numbers for ids, of any length", () => {
    const entries = ["7", "10156789012345675", "10156789012345676"].map((id) => `{"id": ${id}, "content_text": "Same"}`);
    const { items } = read(`{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [${entries.join()}]}`);
    expect(items.map(({ key }) => key)).toEqual(["7", "10156789012345675", "10156789012345676"]);
  });

  it.each(["https://jsonfeed.org/version/1.1", "1.1"])("JSON Feed of version %s", (version) => {
    const feed = { version, title: "J", items: [{ id: 7, url: "/7", title: "AT&amp;T <b>", content_text: "x", date_published: "2024-10-02T13:00:00Z" }] };
    expect(only(JSON.stringify(feed))).toMatchObject({
      key: "7",
      url: "https://example.com/7",
      title: "AT&amp;T <b>",
      publishedAt: new Date("2024-10-02T13:00:00Z"),
    });
  });

  it("without items is no error", () => {
    expect(read(rss("")).items).toEqual([]);
  });
});

describe("what other readers read", () => {
  const good = rss(item("<title>One</title>"));

  it.each([
    ["white space before the declaration", `\n\n  <?xml version="1.0"?>${good}`],
    ["junk before the declaration", `Warning: something in line 3\n<?xml version="1.0"?>${good}`],
    ["a byte order mark and white space", `\uFEFF \n<?xml version="1.0"?>${good}`],
    ["control characters", good.replace("One", "O\u000bn\u0001e")],
    ["a comment and a style sheet first", `<!-- <rss> --><?xml-stylesheet href="a.xsl"?>${good}`],
    ["namespaces that nobody declared", good.replace("<title>One", "<media:thing>x</media:thing><title>One")],
    ["a missing end", good.replace("</item></channel></rss>", "")],
    ["upper-case names", good.replaceAll("item>", "ITEM>").replaceAll("title>", "TITLE>")],
    ["an item that its content quotes", good.replace("<title>", "<title/><title>").replace("</item>", "<description><![CDATA[<item>]]></description></item>")],
    ["an end without a beginning", good.replace("</title><item>", "</title></b><item>").replace("One", "One</b>")],
    ["no channel", "<rss><item><title>One</title></item></rss>"],
  ])("%s", (_name, text) => {
    expect(only(text)).toMatchObject({ title: "One" });
  });

  it("items without their ends", () => {
    const open = (inner: string) => `<item>${inner}`;
    const items = [open("<title>One</title><link>/1</link>"), open("<title>Two</title>"), item("<title>Three</title>"), item("<title>Four</title>")];
    expect(read(rss(items.join(""))).items.map(({ title, url }) => [title, url])).toEqual([
      ["One", "https://example.com/1"],
      ...["Two", "Three", "Four"].map((title) => [title, undefined]),
    ]);
  });

  it("a feed that is cut off, wherever that is, without the item that has no end", () => {
    const titles = ["One", "Two", "Three"];
    const text = rss(titles.map((title) => item(`<title>${title}</title><link>/${title}</link>`)).join(""));
    for (let length = text.indexOf("</item>"); length < text.length; length++) {
      const found = read(text.slice(0, length)).items.map(({ title, url }) => [title, url]);
      const whole = text.slice(0, length).match(/<\/item>/g)?.length ?? 1;
      expect(found, text.slice(0, length)).toEqual(titles.slice(0, whole).map((title) => [title, `https://example.com/${title}`]));
    }
  });

  it.each([
    ["Q & A", "Q & A"],
    ["Fish&nbsp;&amp;&nbsp;chips", "Fish & chips"],
    ["caf&eacute; &#8211; &#x2014;", "café – —"],
    ["<![CDATA[<b>Bold</b> &amp; brave]]>", "Bold & brave"],
    ["AT&amp;amp;T", "AT&T"],
    ["&lt;script&gt;alert(1)&lt;/script&gt;Hi", "Hi"],
    ["1 &lt; 2 and 3 &gt; 2", "1 < 2 and 3 > 2"],
    ["Vector&lt;int&gt; and <![CDATA[Map<String>]]>", "Vector<int> and Map<String>"],
    ["cut &lt;strong&gt;short, &lt;custom&gt;made&lt;/custom&gt;", "cut short, made"],
    ["&lt;![CDATA[Fish &amp;amp; chips]]&gt;", "Fish & chips"],
    ["&#55357;&#56832; &#xD83D;&#xde00; &#x1F600; &#55357;", "😀 😀 😀 \uFFFD"],
    ["&amp;#1055;&amp;#x43F; &amp;#150; &amp;#128512; &amp;#55357;", "Пп – 😀 \uFFFD"],
    ["  two\n lines ", "two lines"],
  ])("a title of %j is %j", (title, expected) => {
    expect(only(rss(item(`<title>${title}</title>`)))).toMatchObject({ title: expected });
  });
});

describe("text", () => {
  const greeting = rss(item("<title>é€</title>"));
  const latin = Buffer.from(rss(item("<title>\xe9\x80</title>")), "latin1");

  it.each<[string, Uint8Array, string | undefined]>([
    ["UTF-8", Buffer.from(greeting), undefined],
    ["UTF-8 with a mark, against the header", Buffer.from(`\uFEFF${greeting}`), "text/xml; charset=iso-8859-1"],
    ["UTF-8 although the header says Latin-1", Buffer.from(greeting), "text/xml; charset=iso-8859-1"],
    ["UTF-8 although the header says windows-1251", Buffer.from(greeting), "text/xml; charset=windows-1251"],
    ["UTF-8 although the header says nonsense", Buffer.from(greeting), "text/xml; charset=bogus"],
    ["windows-1252 by the header", latin, "text/xml; charset=windows-1252"],
    ["windows-1252 by content", latin, undefined],
    ["windows-1252 although the header says UTF-8", latin, "text/xml; charset=utf-8"],
    ["windows-1252 by declaration", Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1252"?>'), latin]), "text/xml"],
    ["UTF-16LE with a mark", Buffer.from(`\uFEFF${greeting}`, "utf16le"), undefined],
    ["UTF-16LE without a mark", Buffer.from(greeting, "utf16le"), undefined],
    ["UTF-16BE with a mark", Buffer.from(`\uFEFF${greeting}`, "utf16le").swap16(), undefined],
    ["UTF-16 declared by mistake", Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${greeting}`), undefined],
  ])("in %s", (_name, body, contentType) => {
    expect(parseFeed(body, { ...context, contentType }).items[0]?.title).toBe("é€");
  });

  it("in KOI8-R by declaration", () => {
    const body = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="koi8-r"?>'), Buffer.from(rss(item("<title>\xf0\xd2\xc9</title>")), "latin1")]);
    expect(parseFeed(body, context).items[0]?.title).toBe("При");
  });

  it("that is mostly UTF-8 loses its damaged characters only", () => {
    const body = Buffer.concat([Buffer.from("<rss><channel><item><title>größe über "), Buffer.from([0xff]), Buffer.from("</title></item></channel></rss>")]);
    expect(parseFeed(body, context).items[0]?.title).toBe("größe über \uFFFD");
  });
});

describe("markup without end in an item", () => {
  it.each(["&lt;!--", "&lt;script&gt;", "&lt;a ", "&amp;amp", "&amp;#1055;", "<![CDATA[", "<!--"])(
    "made of %j is read in time that grows with its length only",
    (piece) => {
      const text = rss(item(`<title>x</title><description>${piece.repeat(100_000)}</description>`));
      expect(read(text).items.length).toBeLessThanOrEqual(1);
    },
  );
});

describe("keys", () => {
  const keys = (...items: string[]) => read(rss(items.map(item).join(""))).items.map(({ key }) => key);

  it("fall back to the link, then to title and date", () => {
    const [link, titled, other] = keys("<link>/1</link>", "<title>x</title>", "<title>x</title><pubDate>Wed, 02 Oct 2024 13:00:00 GMT</pubDate>");
    expect(link).toBe("https://example.com/1");
    expect([titled, other].every((key) => /^sha256:[0-9a-f]{64}$/.test(key ?? ""))).toBe(true);
    expect(titled).not.toBe(other);
  });

  it("of equal items are one", () => {
    expect(keys("<guid>a</guid><title>x</title>", "<guid>a</guid><title>x</title>")).toEqual(["a"]);
  });

  it("that different items share are told apart, the same way in any order", () => {
    const one = "<guid>a</guid><title>x</title>";
    const other = "<guid>a</guid><title>y</title>";
    expect(keys(one, other)).toEqual([expect.stringMatching(/^a#[0-9a-f]{16}$/), expect.stringMatching(/^a#[0-9a-f]{16}$/)]);
    expect(keys(one, other)).toEqual(keys(other, one).reverse());
    expect(new Set(keys(one, other)).size).toBe(2);
  });

  it("that are too long are hashed", () => {
    expect(keys(`<guid>${"a".repeat(512)}</guid>`, `<guid>${"a".repeat(513)}</guid>`)).toEqual([
      "a".repeat(512),
      expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    ]);
  });
});

describe("what is no feed", () => {
  it.each([
    ["", "not_a_feed", "The page is empty."],
    ["   ", "not_a_feed", "The page is empty."],
    ["<!DOCTYPE html><html><body>hi</body></html>", "not_a_feed", "This is a web page, not a feed. Look for"],
    ["<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>", "not_a_feed", "The page names a feed: https://example.com/rss"],
    ['{"items": 1}', "not_a_feed", "It is JSON, but not a JSON Feed."],
    ['{"items": [1, 2]}', "not_a_feed", "It is JSON, but not a JSON Feed."],
    ['{"version": "https://jsonfeed.org/version/1", "items": [', "not_a_feed", "cut off or damaged"],
    ["<urlset><url><loc>x</loc></url></urlset>", "not_a_feed", "This is not a feed."],
    ["plain words", "not_a_feed", "This is not a feed."],
    ['<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>', "bad_document", "declares XML entities"],
    ['<!DOCTYPE rss [<!ELEMENT a ANY> <!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]><rss></rss>', "bad_document", "declares XML entities"],
    ["<!DOCTYPE rss [", "bad_document", "declares XML entities"],
  ])("%j is refused", (text, code, message) => {
    expect(failureOf(text)).toEqual({ code, message: expect.stringContaining(message) });
  });

  it("but a feed may quote a document type in an item", () => {
    expect(only(rss(item("<title><![CDATA[<!DOCTYPE x [<!ENTITY y 'z'>]>]]> kept</title>")))?.title).toContain("kept");
  });
});

describe("items", () => {
  it("hold nothing that the database refuses", () => {
    const feed = { version: "https://jsonfeed.org/version/1", title: "J", items: [{ id: "a\u0000b", title: "x\u0000\ud800y", tags: ["\udfff"] }] };
    expect(only(JSON.stringify(feed))).toEqual({ key: "ab", title: "x\uFFFDy", fields: { categories: ["\uFFFD"] } });
  });

  it("only link to the web", () => {
    expect(only(rss(item("<title>x</title><link>javascript:alert(1)</link>")))?.url).toBeUndefined();
  });
});
