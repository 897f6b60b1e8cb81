import { describe, expect, it } from "vitest";
import { inspectPage } from "./inspect-page";

const inspect = (text: string, contentType?: string, maxItems = 1001) =>
  inspectPage({ body: Buffer.from(text), url: "https://example.com/things", contentType, maxItems });
const labels = async (...from: Parameters<typeof inspect>) => (await inspect(...from)).suggestions.map(({ kind, label }) => `${kind}: ${label}`);

const STORIES = ["Milk", "Cheese", "Butter"]
  .map((name) => `<article><a href="/by/ada">Ada</a><h2><a href="/${name}">${name} of the week</a></h2></article>`)
  .join("");

describe("what is at an address", () => {
  it.each([
    ["a feed", "<rss><channel><title>News</title><item><title>A</title></item></channel></rss>", "feed: Feed with 1 item"],
    ["a JSON Feed", '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1"},{"id":"2"}]}', "feed: Feed with 2 items"],
    ["a JSON API", '{"data":[{"id":1},{"id":2}]}', "json_api: JSON API with 2 items"],
    ["a sitemap", "<urlset><url><loc>/a</loc></url></urlset>", "sitemap: Sitemap with 1 address"],
    ["an index", "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>", "sitemap: Index of 1 sitemap"],
    ["a robots.txt that names sitemaps", "User-agent: *\nDisallow: /x\nSitemap: https://example.com/a.xml\n", "sitemap: Index of 1 sitemap"],
    ["a sitemap as text", "https://example.com/a\nhttps://example.com/b", "sitemap: Sitemap with 2 addresses"],
    ["a table", "name;price\nMilk;1\nCheese;2", "csv: Table with 2 rows of 2 columns"],
    ["a plain page", "<!doctype html><title>T</title><p>x", "html_page: Web page: you name its items by CSS selectors"],
    ["a page with a list", `<html>${STORIES}</html>`, "html_page: Web page with 3 items: “Milk of the week”, “Cheese of the week”"],
  ])("is recognised: %s", async (_what, text, label) => expect(await labels(text)).toEqual([label]));

  it("is, of a page, first the feeds that it names, then what it states", async () => {
    const feeds =
      '<link rel=alternate type="application/rss+xml" title="All news" href="/rss"><link rel=alternate type="application/atom+xml" href="https://example.org/atom">';
    const stated = '<script type="application/ld+json">[{"@type":"Event","name":"A"},{"@type":"Event","name":"B"}]</script>';
    const { title, suggestions } = await inspect(`<html><title>Site</title>${feeds}${stated}`);
    expect(title).toBe("Site");
    expect(suggestions).toEqual([
      { label: "Feed: All news", name: "All news", kind: "feed", url: "https://example.com/rss", config: {} },
      { label: "Feed: https://example.org/atom", name: "Site", kind: "feed", url: "https://example.org/atom", config: {} },
      { label: "What the page states: 2 things", name: "Site", kind: "html_page", url: "https://example.com/things", config: { itemsFrom: "structured_data" } },
      { label: "Web page: you name its items by CSS selectors", name: "Site", kind: "html_page", url: "https://example.com/things", config: {} },
    ]);
  });

  it("is, of a page with a list, what collects that list", async () => {
    const { suggestions } = await inspect(`<html><title>Dairy</title><nav><a href="/">Home</a></nav>${STORIES}`);
    expect(suggestions).toMatchObject([
      {
        name: "Dairy",
        kind: "html_page",
        url: "https://example.com/things",
        config: { itemsFrom: "selectors", itemSelector: "article", linkSelector: "h2 a" },
      },
    ]);
  });

  it("is no list where a page has menus only, and one also where a place in it is empty", async () => {
    const links = (of: string) => Array.from({ length: 9 }, (_, index) => `<li><a href="/${of}/${index}">Number ${index} of ${of}</a></li>`).join("");
    const menus = `<nav><ul>${links("sections")}</ul></nav><footer><ul>${links("services")}</ul></footer>`;
    expect(await labels(`<html>${menus}<p>Words`)).toEqual(["html_page: Web page: you name its items by CSS selectors"]);
    expect(await labels(`<html>${menus}<main><article></article>${STORIES}</main>`)).toEqual([
      "html_page: Web page with 4 items: “Milk of the week”, “Cheese of the week”",
    ]);
  });

  it.each([
    ["a few things beside a list come after it", 2, ["Web page with 3 items", "What the page states: 2 things"]],
    ["many things are the list", 3, ["What the page states: 3 things", "Web page with 3 items"]],
  ])("is, of a page that states things, both: %s", async (_what, count, expected) => {
    const things = Array.from({ length: count }, (_, index) => ({ "@type": "Event", name: `Event ${index}` }));
    const { suggestions } = await inspect(`<html><script type="application/ld+json">${JSON.stringify(things)}</script>${STORIES}`);
    expect(suggestions.map(({ label }) => label.replace(/: “.*/, ""))).toEqual(expected);
  });

  it.each([
    ['<link rel="feed" href="/f.json">', ["/f.json"]],
    ['<base href="/blog/"><link rel="alternate" type="application/rss+xml; charset=utf-8" href="rss">', ["/blog/rss"]],
    ['<link rel="alternate" type="text/xml" title="RSS" href="/t"><link rel="alternate" type="application/json" href="/wp-json/1">', ["/t"]],
    [
      '<a href="/feed/">Subscribe</a><a href="/rss.xml">RSS</a><a href="/feedback">Write to us</a><a href="/a?format=atom">Atom</a>',
      ["/feed/", "/rss.xml", "/a?format=atom"],
    ],
    ['<link rel="alternate" type="application/atom+xml" href="/named"><a href="/rss">RSS</a>', ["/named"]],
  ])("is, of a page, the feeds that it names in other ways: %s", async (head, feeds) => {
    const { suggestions } = await inspect(head);
    expect(suggestions.flatMap(({ kind, url }) => (kind === "feed" ? url.replace("https://example.com", "") : []))).toEqual(feeds);
  });

  it("is, of an OPML list, the feeds in it, each once", async () => {
    const outlines = '<outline text="News"><outline text="A &amp; B" xmlUrl="https://a.example/feed"/><outline xmlurl="/b" title="B"/></outline>';
    const { title, suggestions } = await inspect(
      `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>${outlines}${outlines}</body></opml>`,
    );
    expect([title, suggestions.map(({ label, url }) => [label, url])]).toEqual([
      "Mine",
      [
        ["Feed: A & B", "https://a.example/feed"],
        ["Feed: B", "https://example.com/b"],
      ],
    ]);
  });

  it("is counted up to a limit", async () =>
    expect(await labels("a,b\n1,2\n3,4\n5,6", "text/csv", 3)).toEqual(["csv: Table with more than 2 rows of 2 columns"]));

  it.each(["", "just words", '{"a": ', "<note>x</note>"])("may be nothing that can be collected: %j", async (text) => {
    expect((await inspect(text)).suggestions).toEqual([]);
  });
});
