import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { htmlPageConfigSchema } from "@/domain/source";
import { parseHtmlPage } from "./html-items";
import { structuredDrafts } from "./structured-items";

const BASE = "https://example.com/shop/";
const jsonLd = (...documents: unknown[]) =>
  documents.map((each) => `<script type="application/ld+json">${typeof each === "string" ? each : JSON.stringify(each)}</script>`).join("");
const drafts = (html: string, ...types: string[]) => structuredDrafts(load(html), BASE, types);
const titles = (html: string, ...types: string[]) => drafts(html, ...types).map(({ title }) => title);

describe("JSON-LD", () => {
  it("becomes an item with its name, address, date and all that it states", () => {
    const product = {
      "@context": "https://schema.org",
      "@type": "Product",
      sku: "m1",
      name: "Milk",
      url: "/milk",
      offers: { "@type": "Offer", price: "0.99" },
    };
    expect(drafts(jsonLd(product))).toEqual([
      {
        key: "m1",
        title: "Milk",
        url: "https://example.com/milk",
        publishedAt: undefined,
        fields: { type: "Product", sku: "m1", name: "Milk", url: "/milk", offers: { type: ["Offer"], price: "0.99" } },
      },
    ]);
  });

  it.each<[string, unknown]>([
    ["a list", [{ "@type": "NewsArticle", headline: "A" }]],
    [
      "a graph",
      {
        "@graph": [
          { "@type": "WebSite", name: "S" },
          { "@type": ["Article", "NewsArticle"], headline: "A" },
        ],
      },
    ],
    ["a list of items", { "@type": "ItemList", itemListElement: [{ "@type": "ListItem", position: 1, item: { "@type": "Product", name: "A" } }] }],
    ["a list of addresses", { "@type": "ItemList", itemListElement: [{ "@type": "ListItem", item: "/a", name: "A" }] }],
    ["a page about something", { "@type": "WebPage", name: "P", mainEntity: { "@type": "Recipe", name: "A" } }],
    ["a name with a language", { "@type": "Product", name: { "@value": "A", "@language": "en" } }],
    ["a page of questions", { "@type": "FAQPage", mainEntity: [{ "@type": "Question", name: "A" }] }],
    ["a name that is escaped for HTML", { "@type": "Product", name: "&#65;" }],
    ["the old way to name the type", { "@type": "http://schema.org/Product", name: "A" }],
  ])("may be %s", (_what, document) => expect(titles(jsonLd(document))).toEqual(["A"]));

  it.each([
    ["comments", '{"@type": "Product", "name": "A", /* x */ "url": "https://a.example/" // category\n}'],
    ["a comma too much", '{"@type": "Product", "name": "A",\n}'],
    ["line breaks in texts", '{"@type": "Product", "name": "A", "text": "one\ntwo"}'],
    ["quotation marks that are escaped for HTML", "{&quot;@type&quot;: &quot;Product&quot;, &quot;name&quot;: &quot;A&quot;}"],
    ["a semicolon after it", '{"@type": "Product", "name": "A"};'],
    ["a comment of HTML around it", '<!-- {"@type": "Product", "name": "A"} -->'],
  ])("is read with %s", (_what, text) => expect(titles(jsonLd(text))).toEqual(["A"]));

  it("may be a list of no more than addresses", () => {
    const list = { "@type": "ItemList", itemListElement: ["https://example.com/a", { "@type": "ListItem", position: 2, url: "https://example.com/b" }] };
    expect(drafts(jsonLd(list)).map(({ url }) => url)).toEqual(["https://example.com/a", "https://example.com/b"]);
  });

  it("has the names of what it refers to", () => {
    const graph = [
      { "@type": "Article", headline: "A", author: [{ "@id": "#jo" }, { "@id": "#gone" }] },
      { "@type": "Person", "@id": "#jo", name: "Jo" },
    ];
    expect(drafts(jsonLd({ "@graph": graph }))[0]?.fields).toMatchObject({ author: [{ id: "#jo", name: "Jo" }, { id: "#gone" }] });
  });

  it("may identify by a number", () => {
    const identifier = { "@type": "PropertyValue", value: 7 };
    expect(drafts(jsonLd({ "@type": "Product", name: "A", identifier }))[0]?.key).toBe("7");
  });

  it("may identify by numbers of any length", () => {
    const posts = [5, 6].map((last) => `{"@type": "SocialMediaPosting", "headline": "P", "identifier": 1015678901234567${last}}`);
    const found = drafts(jsonLd(`[${posts.join()}]`));
    expect(found.map(({ key, fields }) => [key, fields])).toEqual(
      ["10156789012345675", "10156789012345676"].map((id) => [id, { type: "SocialMediaPosting", headline: "P", identifier: id }]),
    );
  });

  it("that is damaged costs nothing but itself", () => expect(titles(jsonLd('{"@type": ', { "@type": "Product", name: "A" }))).toEqual(["A"]));
});

describe("microdata", () => {
  it("becomes an item with the values that HTML states for each element", () => {
    const html = `<div itemscope itemtype="https://schema.org/Event" itemid="urn:e1" itemref="more">
      <h2 itemprop="name">Fair</h2><a itemprop="url" href="fair">x</a><time itemprop="startDate" datetime="2024-10-02">2 Oct</time>
      <div itemprop="location" itemscope itemtype="https://schema.org/Place"><span itemprop="name">Barn</span></div>
      <meta itemprop="keywords" content="a"><meta itemprop="keywords" content="b"></div><p id="more"><b itemprop="price">5</b></p>`;
    expect(drafts(html)).toEqual([
      {
        key: "urn:e1",
        title: "Fair",
        url: "https://example.com/shop/fair",
        publishedAt: new Date("2024-10-02T00:00:00Z"),
        fields: {
          type: "Event",
          id: "urn:e1",
          name: "Fair",
          url: "https://example.com/shop/fair",
          startDate: "2024-10-02",
          location: { type: ["Place"], name: "Barn" },
          keywords: ["a", "b"],
          price: "5",
        },
      },
    ]);
  });

  it("may state for programs what it shows otherwise, and is read without scripts", () => {
    const html = '<div itemscope><b itemprop="name">A<script>x()</script></b><i itemprop="startDate" content="2024-10-02">Wednesday</i></div>';
    expect(drafts(html)).toMatchObject([{ title: "A", fields: { startDate: "2024-10-02" } }]);
  });

  it("is cut as other fields are, however deep a text stands and however many properties stand around it", () => {
    const text = "x".repeat(1_000_000);
    const html = `<div itemscope><i itemprop="part" itemscope><meta itemprop="note" content="${text}"></i>${'<b itemprop="name">'.repeat(1000)}${text}`;
    const [draft] = drafts(html);
    const cut = `${text.slice(0, 9_999)}…`;
    expect(draft?.fields).toEqual({ part: { note: cut }, name: Array.from({ length: 1000 }, () => cut) });
    expect(drafts(jsonLd({ "@type": "Product", name: "A", review: [{ body: text }] }))).toMatchObject([{ fields: { review: [{ body: cut }] } }]);
  });

  it("may refer to itself without being read for ever", () => {
    expect(titles('<div itemscope itemref="a" id="a"><b itemprop="name">A</b><i itemprop="part" itemscope itemref="a"></i></div>')).toEqual(["A"]);
  });
});

describe("what of it are items", () => {
  const open = '<meta property="og:title" content="Page"><meta property="og:type" content="article"><meta property="og:url" content="https://example.com/p">';
  const micro = '<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Micro</b></div>';
  const site = jsonLd({ "@type": "Organization", name: "We" }, { "@type": "BreadcrumbList", itemListElement: [] });

  it("is what JSON-LD states, else microdata, else the page itself in Open Graph", () => {
    expect(titles(jsonLd({ "@type": "Product", name: "Linked" }) + micro + open)).toEqual(["Linked"]);
    expect(titles(site + micro + open)).toEqual(["Micro"]);
    expect(drafts(site + open)).toMatchObject([{ title: "Page", url: "https://example.com/p", fields: { type: "article" } }]);
  });

  it("is at the page's right address where Open Graph states none", () => {
    const page = '<link rel="canonical" href="/right"><meta property="og:title" content="Page">';
    expect(drafts(page)).toMatchObject([{ title: "Page", url: "https://example.com/right" }]);
  });

  it("is nothing that says no more than its type", () => {
    expect(titles(`<article itemscope itemtype="https://schema.org/Article"></article>${open}`)).toEqual(["Page"]);
    expect(titles('<p itemscope itemtype="https://schema.org/Article"><b itemprop="Headline">Capital</b></p>')).toEqual(["Capital"]);
  });

  it("is, of wanted types, all that there is at any depth", () => {
    const event = { "@type": "MusicEvent", name: "E", performer: [{ "@type": "Person", name: "A" }], organizer: { "@type": "Person", name: "B" } };
    expect(titles(jsonLd(event), "person")).toEqual(["A", "B"]);
  });

  it("says what there is where there is nothing wanted", () => {
    expect(() => drafts(site, "Product")).toThrow(
      "The page states nothing of the type Product. It states: Organization, BreadcrumbList. Nothing was collected.",
    );
    expect(() => drafts("<p>x</p>")).toThrow("It has no JSON-LD, no microdata and no Open Graph of use.");
  });

  it("is a choice of the source", () => {
    const config = htmlPageConfigSchema.parse({ itemsFrom: "structured_data" });
    const { title, items } = parseHtmlPage(Buffer.from(`<title>T</title>${micro}`), { url: BASE }, config);
    expect([title, items.map((item) => item.title)]).toEqual(["T", ["Micro"]]);
  });
});
