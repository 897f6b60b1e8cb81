import { describe, expect, it } from "vitest";
import { sitemapConfigSchema } from "@/domain/source";
import { CollectError } from "./collect-error";
import type { CollectContext } from "./collector";
import type { FetchedPage } from "./fetch-page";
import { sitemapCollector } from "./sitemap";
import { parseSitemap } from "./sitemap-items";

const URL_OF = { url: "https://example.com/sitemap.xml" };
const urlset = (...urls: string[]) => `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<url>${url}</url>`).join("")}</urlset>`;
const index = (...maps: string[]) => `<sitemapindex>${maps.map((map) => `<sitemap>${map}</sitemap>`).join("")}</sitemapindex>`;
const loc = (address: string, lastmod?: string) => `<loc>${address}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ""}`;

const read = (text: string | Uint8Array, { maxItems, addressContains = "" }: { maxItems?: number; addressContains?: string } = {}) =>
  parseSitemap(Buffer.from(text), { ...URL_OF, maxItems }, sitemapConfigSchema.parse({ addressContains }));
const addresses = (...from: Parameters<typeof read>) => read(...from).items.map(({ url }) => url?.replace("https://example.com", ""));

describe("a sitemap", () => {
  it("gives an item for each address, which identifies it, with its date of change", () => {
    expect(read(urlset(`${loc("https://example.com/a", "2024-10-02")}<changefreq>daily</changefreq><priority>0.8</priority>`)).items).toEqual([
      {
        key: "https://example.com/a",
        url: "https://example.com/a",
        publishedAt: new Date("2024-10-02T00:00:00Z"),
        fields: { changeFrequency: "daily", priority: 0.8 },
      },
    ]);
  });

  it("keeps what its extensions for news, pictures, videos and languages say", () => {
    const news = `<n:news><n:publication><n:name>Paper</n:name><n:language>en</n:language></n:publication>
      <n:publication_date>2024-10-01T08:00:00Z</n:publication_date><n:title>Milk &amp;amp; more</n:title></n:news>`;
    const image = "<image:image><image:loc>/a.jpg</image:loc><image:caption>A</image:caption></image:image>";
    const video = "<video:video><video:title>V</video:title><video:content_loc>/v.mp4</video:content_loc><video:duration>60</video:duration></video:video>";
    const link = '<xhtml:link rel="alternate" hreflang="de" href="https://example.com/de"/>';
    expect(read(urlset(`${loc("https://example.com/a", "2024-10-02")}${news}${image}${video}${link}`)).items).toEqual([
      {
        key: "https://example.com/a",
        url: "https://example.com/a",
        title: "Milk & more",
        publishedAt: new Date("2024-10-01T08:00:00Z"),
        fields: {
          updatedAt: "2024-10-02T00:00:00.000Z",
          publication: "Paper",
          language: "en",
          images: [{ url: "https://example.com/a.jpg", caption: "A" }],
          videos: [{ title: "V", url: "https://example.com/v.mp4", durationSeconds: 60 }],
          alternates: [{ language: "de", url: "https://example.com/de" }],
        },
      },
    ]);
  });

  it("keeps the whole of a description as long as they may be", () => {
    const description = "word ".repeat(400).trim();
    const video = `<video:video><video:description>${description}</video:description></video:video>`;
    expect(read(urlset(`${loc("https://example.com/a")}${video}`)).items).toMatchObject([{ fields: { videos: [{ description }] } }]);
  });

  it("counts an address once, and leaves out what is no address of the web", () => {
    const text = urlset(loc("https://example.com/a"), loc("https://example.com/a", "2024-10-02"), loc("mailto:a@example.com"), "<lastmod>2024</lastmod>");
    expect(addresses(text)).toEqual(["/a"]);
  });

  it("gives only addresses with the wanted text in them", () => {
    expect(addresses(urlset(loc("https://example.com/blog/1"), loc("https://example.com/shop/2")), { addressContains: "/blog/" })).toEqual(["/blog/1"]);
  });

  it("gives those that changed last where it has more than are wanted, after the choice by text", () => {
    const text = urlset(loc("/old", "2020-01-01"), loc("/undated"), loc("/new", "2024-01-01"), loc("/newer", "2025-01-01"), loc("/x/newest", "2026-01-01"));
    expect(addresses(text.replaceAll("<loc>", "<loc>https://example.com"), { maxItems: 2 })).toEqual(["/x/newest", "/newer"]);
    expect(addresses(text, { maxItems: 5 })).toEqual(["/old", "/undated", "/new", "/newer", "/x/newest"]);
  });
});

describe("sitemaps as sites write them", () => {
  const good = urlset(loc("https://example.com/a"));

  it.each<[string, string | Uint8Array, string[]?]>([
    ["with a byte order mark", `\uFEFF<?xml version="1.0" encoding="UTF-8"?>${good}`],
    ["in UTF-16", Buffer.from(`\uFEFF${good}`, "utf16le")],
    ["with white space and a notice first", `\n\nNotice: x\n<?xml version="1.0"?>${good}`],
    ["with a wrong namespace", good.replace("http://www.sitemaps.org", "https://www.google.com")],
    ["without a namespace", good.replace(/ xmlns="[^"]*"/, "")],
    ["with a prefix that nobody declared", good.replace(/(<\/?)(?=url|loc)/g, "$1s:")],
    ["in capitals", good.toUpperCase().replace("HTTPS://EXAMPLE.COM/A", "https://example.com/a")],
    ["with white space in the address", good.replace("https", "\n  https").replace("/a<", "/a\n <")],
    ["in CDATA", good.replace("https://example.com/a", "<![CDATA[https://example.com/a]]>")],
    ["with a relative address", good.replace("https://example.com", "")],
    ["that are cut off", good.replace("</url></urlset>", "")],
    ["without their root", good.replace(/<\/?urlset[^>]*>/g, "")],
    ["with ampersands that are escaped twice", good.replace("/a<", "/?b&amp;amp;c<"), ["/?b&c"]],
    ["as text", "https://example.com/a"],
    ["as text with a mark and lines of Windows", "\uFEFFhttps://example.com/a\r\n\r\nno address\r\n"],
  ])("are read: %s", (_what, text, expected = ["/a"]) => expect(addresses(text)).toEqual(expected));

  it("may be empty lists", () => expect(read("<urlset/>")).toEqual({ items: [], sitemaps: [], more: false }));

  it("are cut off, wherever that is, and no half of an address is one", () => {
    const urls = ["http://example.org/one", "http://example.org/two"];
    const text = `<urlset>${urls.map((url) => `<url><loc>${url}</loc></url>`).join("")}</urlset>`;
    for (let length = text.indexOf("</loc>") + 6; length < text.length; length++) {
      const { items, isCutOff } = read(text.slice(0, length));
      const whole = text.slice(0, length).match(/<\/loc>/g)?.length ?? 0;
      expect([items.map(({ url }) => url), isCutOff], text.slice(0, length)).toEqual([urls.slice(0, whole), true]);
    }
    expect(read(text).isCutOff).toBeUndefined();
  });

  it("have 50,000 addresses at the most", () => {
    const lines = Array.from({ length: 50_001 }, (_, at) => `https://example.com/${at}`);
    expect(read(lines.join("\n"), { maxItems: 10 })).toMatchObject({ items: { length: 10 }, more: true });
    expect(read(lines.slice(1).join("\n"), { maxItems: 10 })).toMatchObject({ items: { length: 10 }, more: false });
  });

  it.each([
    ["nothing", "", "The sitemap is empty."],
    ["a feed", "<rss><channel/></rss>", "This is a feed, not a sitemap. Make it a source of the kind Feed."],
    ["a page", "<!doctype html><title>404</title>", "This is a web page, not a sitemap."],
    ["words", "Hello", "This is not a sitemap."],
    ["entities", '<!DOCTYPE urlset [<!ENTITY a "a">]><urlset><url><loc>&a;</loc></url></urlset>', "declares XML entities"],
    ["a tower", `<urlset>${"<url>".repeat(100)}`, "nests its elements too deeply"],
  ])("are refused where they are none: %s", (_what, text, message) => expect(() => read(text)).toThrow(message));
});

describe("an index of sitemaps", () => {
  const asked: string[] = [];

  /** Collects from a site made of these files; a text stands for one without validators, nothing for 404. */
  function collect(files: Record<string, string>, { maxItems = 100, maxSitemaps = 10 } = {}) {
    asked.length = 0;
    const context: CollectContext = {
      signal: new AbortController().signal,
      maxItems,
      fetchPage: async (url) => {
        asked.push(new URL(url).pathname);
        const text = files[new URL(url).pathname];
        if (text === undefined) throw new CollectError("http_status", "Gone.", { httpStatus: 404 });
        const page = { status: 200, notModified: false, finalUrl: url, redirects: [], wireBytes: 10, durationMs: 1 };
        return { ...page, body: Buffer.from(text) } satisfies FetchedPage;
      },
      parse: async (_task, input) => parseSitemap(input.body, input, sitemapConfigSchema.parse({})) as never,
    };
    return sitemapCollector.collect({ kind: "sitemap", name: "S", ...URL_OF, config: sitemapConfigSchema.parse({ maxSitemaps }) }, context);
  }

  it("is followed to the sitemaps that it names, those that changed last first", async () => {
    const files = {
      "/sitemap.xml": index(loc("/old.xml", "2020-01-01"), loc("/new.xml", "2024-01-01"), loc("/undated.xml")),
      "/old.xml": urlset(loc("/a")),
      "/new.xml": urlset(loc("/b"), loc("/a")),
      "/undated.xml": index(loc("/deep.xml")),
      "/deep.xml": "https://example.com/c",
    };
    const collection = await collect(files);
    expect(asked).toEqual(["/sitemap.xml", "/new.xml", "/old.xml", "/undated.xml", "/deep.xml"]);
    expect(collection.items.map(({ url }) => new URL(url ?? "").pathname)).toEqual(["/b", "/a", "/c"]);
    expect(collection).toMatchObject({ pages: 5, wireBytes: 50, truncated: false });
  });

  it("is left as unread where it names itself, or sitemaps that name each other", async () => {
    const files = {
      "/sitemap.xml": index(loc("/sitemap.xml"), loc("/b.xml")),
      "/b.xml": index(loc("/c.xml"), loc("/sitemap.xml")),
      "/c.xml": index(loc("/b.xml")),
    };
    expect(await collect(files)).toMatchObject({ items: [], pages: 3, truncated: false });
  });

  it("is followed as far as its source says, and says that there was more", async () => {
    const names = Array.from({ length: 5 }, (_, at) => `/${at}.xml`);
    const files = Object.fromEntries(names.map((name) => [name, urlset(loc(`${name}/page`))]));
    const whole = { ...files, "/sitemap.xml": index(...names.map((name) => loc(name))) };
    expect(await collect(whole, { maxSitemaps: 2 })).toMatchObject({ items: { length: 2 }, pages: 3, truncated: true });
    expect(await collect(whole, { maxSitemaps: 5 })).toMatchObject({ items: { length: 5 }, pages: 6, truncated: false });
    expect(await collect(whole, { maxItems: 2 })).toMatchObject({ items: { length: 2 }, pages: 4, truncated: true });
  });

  it("may name sitemaps that are gone, but not only such", async () => {
    const files = { "/sitemap.xml": index(loc("/gone.xml"), loc("/b.xml")), "/b.xml": urlset(loc("/b")) };
    expect(await collect(files)).toMatchObject({ items: { length: 1 }, pages: 2 });
    await expect(collect({ "/sitemap.xml": index(loc("/gone.xml")) })).rejects.toThrow("Gone.");
    await expect(collect({ ...files, "/sitemap.xml": index(loc("/gone.xml"), loc("/too.xml"), loc("/b.xml")) }, { maxSitemaps: 2 })).rejects.toThrow("Gone.");
  });
});
