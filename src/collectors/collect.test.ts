import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import type { LocalSite } from "@/testing/local-site";
import type { CollectOptions } from "./collect";

let collected: CollectedSite;
let site: LocalSite;
let answer: RequestListener;

beforeAll(async () => {
  collected = await startCollectedSite((request, response) => answer(request, response));
  site = collected.site;
});

afterAll(() => collected.close());

const collect: CollectedSite["collect"] = (source, options) => collected.collect(source, options);
const failureOf: CollectedSite["failureOf"] = (source) => collected.failureOf(source);

const sendsJson =
  (document: unknown): RequestListener =>
  (_request, response) =>
    void response.end(JSON.stringify(document));
const sends =
  (body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, headers).end(body);

describe("a feed", () => {
  const feed = "<rss><channel><title>News</title><item><title>1</title></item><item><title>2</title><link>/2</link></item></channel></rss>";

  it("becomes a collection", async () => {
    answer = sends(gzipSync(feed), { "content-encoding": "gzip", etag: '"v1"' });
    expect(await collect({ kind: "feed" })).toMatchObject({
      outcome: "collected",
      title: "News",
      items: [{ title: "1" }, { title: "2", url: `${site.origin}/2` }],
      httpStatus: 200,
      pages: 1,
      truncated: false,
      fieldFill: { title: 2, url: 1, publishedAt: 0 },
    });
  });

  it("is cut at the limit, and says so", async () => {
    answer = sends(feed);
    expect(await collect({ kind: "feed" }, { maxItems: 1 })).toMatchObject({ items: [{ title: "1" }], truncated: true });
  });

  it.each<[string, RequestListener, object]>([
    ["missing", (_request, response) => void response.writeHead(404).end(), { code: "http_status", httpStatus: 404 }],
    ["a web page", sends("<!doctype html><title>x</title>"), { code: "not_a_feed", message: expect.stringContaining("This is a web page, not a feed.") }],
    ["empty", sends(""), { code: "not_a_feed", message: expect.stringContaining("empty") }],
    ["closed at once", (request) => void request.socket.destroy(), { code: "connect" }],
    ["cut off in its compression", sends(gzipSync(feed.repeat(50)).subarray(0, 50), { "content-encoding": "gzip" }), { code: "encoding" }],
    ["a tower of a hundred thousand elements", sends(`<rss><channel><item>${"<a>".repeat(100_000)}`), { name: "CollectError" }],
  ])("that is %s is an error", async (_name, listener, error) => {
    answer = listener;
    expect(await failureOf({ kind: "feed" })).toMatchObject({ name: "CollectError", ...error });
  });
});

describe("a JSON API", () => {
  const api = (config: object = {}, options: Partial<CollectOptions> = {}) => collect({ kind: "json_api", config }, options);

  it.each([
    ["the document", [{ id: 1 }]],
    ["its only list", { meta: {}, whatever: [{ id: 1 }] }],
    ["the list with the usual name", { tags: ["x"], features: [{ id: 1 }], items: "none" }],
  ])("without an expression gives %s", async (_name, document) => {
    answer = sendsJson(document);
    expect((await api()).items).toEqual([{ key: "1", fields: { id: 1 } }]);
  });

  it("maps by expressions", async () => {
    answer = sendsJson({ d: [{ a: { n: 1 }, t: "x", when: 1727874000000, tags: [{ k: "p" }, { k: "q" }] }] });
    const config = {
      itemsExpression: "d",
      keyExpression: "'k' & a.n",
      titleExpression: "$uppercase(t)",
      linkExpression: "'/item/' & a.n",
      dateExpression: "when",
      fields: { number: "a.n", tags: "tags.k", missing: "no.such" },
    };
    expect(await api(config)).toMatchObject({
      items: [
        {
          key: "k1",
          title: "X",
          url: `${site.origin}/item/1`,
          publishedAt: new Date("2024-10-02T13:00:00Z"),
          fields: { number: 1, tags: ["p", "q"], missing: null },
        },
      ],
      fieldFill: { number: 1, tags: 1, missing: 0 },
    });
  });

  it("finds title, link and date in the usual places", async () => {
    answer = sendsJson([{ id: "a", name: "N", html_url: "https://example.com/a", created_at: "2024-10-02T13:00:00Z" }]);
    expect((await api()).items[0]).toMatchObject({ key: "a", title: "N", url: "https://example.com/a", publishedAt: new Date("2024-10-02T13:00:00Z") });
  });

  it.each<[string, unknown, object, object]>([
    ["HTML", undefined, {}, { code: "bad_document", message: expect.stringContaining("web page or XML, not JSON") }],
    ["several lists", { one: [], two: [] }, {}, { code: "no_items", message: expect.stringContaining("several lists: one, two") }],
    ["no list", { a: 1, b: 2 }, {}, { code: "no_items", message: expect.stringContaining("The page has: a, b") }],
    [
      "an expression that finds nothing",
      { a: [] },
      { itemsExpression: "b" },
      { code: "no_items", message: expect.stringContaining("The expression b finds nothing") },
    ],
    [
      "an expression with an error",
      [1],
      { itemsExpression: "a[" },
      { code: "bad_expression", message: expect.stringContaining("The expression for items, a[,") },
    ],
    ["a field with an error", [{ a: 1 }], { fields: { n: "$sum('x')" } }, { code: "bad_expression", message: expect.stringContaining("for n") }],
  ])("with %s is an error that helps", async (_name, document, config, error) => {
    answer = document === undefined ? sends("<html>") : sendsJson(document);
    expect(await failureOf({ kind: "json_api", config })).toMatchObject(error);
  });

  it("that is an empty list has no items, and that is fine", async () => {
    answer = sendsJson([]);
    expect(await api()).toMatchObject({ outcome: "collected", items: [] });
  });
});

describe("a web page", () => {
  const page = (config: object) => collect({ kind: "html_page", config: { itemSelector: ".post", ...config } });

  it("gives items by selectors, with links as the page means them", async () => {
    answer = sends(`<base href="/deep/"><title>Blog</title>
      <div class="post" id="p1"><h2>One &amp; only</h2><a href="one">more</a><time datetime="2024-10-02">yesterday</time><img src="i.png"><p>Text <b>here</b></p></div>
      <div class="post" id="p2"><h2>Two</h2><a href="https://example.com/2">more</a></div>`);
    const config = {
      titleSelector: "h2",
      dateSelector: "time",
      fields: { text: { selector: "p" }, image: { selector: "img", attribute: "src" }, id: { selector: "", attribute: "id" } },
    };
    expect(await page(config)).toMatchObject({
      title: "Blog",
      items: [
        {
          key: `${site.origin}/deep/one`,
          title: "One & only",
          url: `${site.origin}/deep/one`,
          publishedAt: new Date("2024-10-02T00:00:00Z"),
          fields: { text: "Text here", image: `${site.origin}/deep/i.png`, id: "p1" },
        },
        { key: "https://example.com/2", title: "Two", fields: { text: null, image: null, id: "p2" } },
      ],
    });
  });

  it("finds title, link and date by itself", async () => {
    answer = sends('<a href="/card"><div class="post"><h3>Card</h3><time>Oct 2, 2024</time></div></a><div class="post">Only text</div>');
    const [card, text] = (await page({})).items;
    expect(card).toMatchObject({ title: "Card", url: `${site.origin}/card`, publishedAt: new Date("2024-10-02T00:00:00Z") });
    expect(text).toMatchObject({ title: "Only text" });
  });

  it("takes its charset from the page", async () => {
    answer = sends(Buffer.concat([Buffer.from('<meta charset="windows-1251"><div class="post">'), Buffer.from([0xcf, 0xf0, 0xe8]), Buffer.from("</div>")]));
    expect((await page({})).items[0]?.title).toBe("При");
  });

  it.each([
    ["<article>1</article><article>2</article>", ".post", "no_items", "No items matched `.post`. The page has 0 matches; it contains 2 `article` elements."],
    ["<div id=app></div><script></script>", ".post", "no_items", "its content seems to be made by its 1 scripts, which are not run here"],
    ["<p>", "p[", "bad_expression", "The selector p[ cannot be read"],
    ["", ".post", "bad_document", "The page is empty."],
  ])("%j with %s says what is wrong", async (markup, itemSelector, code, message) => {
    answer = sends(markup);
    expect(await failureOf({ kind: "html_page", config: { itemSelector } })).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
