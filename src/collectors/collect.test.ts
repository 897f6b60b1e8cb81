import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import type { LocalSite } from "@/testing/local-site";
import type { CollectOptions } from "./collect";
import type { Collection } from "./collector";

let collected: CollectedSite;
let site: LocalSite;
let answer: RequestListener;
let asked: string[] = [];

beforeAll(async () => {
  collected = await startCollectedSite((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  site = collected.site;
});

afterEach(() => {
  asked = [];
});

afterAll(() => collected.close());

const collect: CollectedSite["collect"] = (source, options) => collected.collect(source, options);

async function failureOf(source: object): Promise<unknown> {
  return await collect(source).then(
    () => "no failure",
    (error: unknown) => error,
  );
}

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

describe("a JSON API with pages", () => {
  const page = (number: number) => [{ id: number * 2 }, { id: number * 2 + 1 }];
  const api = (pagination: object, options: Partial<CollectOptions> = {}, config: object = {}) =>
    collect({ kind: "json_api", config: { ...config, pagination } }, options);
  const parameter = (request: { url?: string }, name: string) => new URL(request.url ?? "", site.origin).searchParams.get(name);
  const keys = (collection: Collection) => collection.items.map(({ key }) => key);

  it("follows the Link header", async () => {
    answer = (request, response) => {
      const number = Number(parameter(request, "p") ?? 0);
      if (number < 2) response.setHeader("link", `<?p=9>; rel="last", <?p=${number + 1}>; title="a, b"; rel="next nofollow"`);
      response.end(JSON.stringify(page(number)));
    };
    const collection = await api({ type: "link_header" });
    expect([keys(collection), asked, collection.pages, collection.truncated]).toEqual([
      ["0", "1", "2", "3", "4", "5"],
      ["/list?x=1", "/list?p=1", "/list?p=2"],
      3,
      false,
    ]);
  });

  it("follows the cursor", async () => {
    answer = (request, response) => {
      const cursor = Number(parameter(request, "c") ?? 0);
      response.end(JSON.stringify({ data: page(cursor), next: cursor < 2 ? { c: cursor + 1 } : { c: null } }));
    };
    const collection = await api({ type: "cursor", cursorExpression: "next.c", parameter: "c" });
    expect([keys(collection).length, asked]).toEqual([6, ["/list?x=1", "/list?x=1&c=1", "/list?x=1&c=2"]]);
  });

  it.each([
    ["a whole address", () => `${site.origin}/more`],
    ["an address on the site", () => "/more?page=2"],
  ])("takes a cursor that is %s", async (_what, address) => {
    answer = (request, response) => {
      const next = request.url === "/list?x=1" ? address() : null;
      response.end(JSON.stringify({ results: page(next ? 0 : 1), next }));
    };
    expect(keys(await api({ type: "cursor", cursorExpression: "next", parameter: "unused" }))).toEqual(["0", "1", "2", "3"]);
  });

  it("takes a cursor for the address of a page as that page would, wherever it was moved to", async () => {
    answer = (request, response) => {
      if (request.url === "/list?x=1") response.writeHead(302, { location: "/v2/list" }).end();
      else response.end(JSON.stringify({ results: page(request.url === "/v2/list" ? 0 : 1), next: request.url === "/v2/list" ? "?page=2" : null }));
    };
    await api({ type: "cursor", cursorExpression: "next", parameter: "unused" });
    expect(asked).toEqual(["/list?x=1", "/v2/list", "/v2/list?page=2"]);
  });

  it.each<[string, RequestListener]>([
    ["an empty page", (_request, response) => void response.end("[]")],
    ["404", (_request, response) => void response.writeHead(404).end()],
    ["400, as WordPress has it", (_request, response) => void response.writeHead(400).end('{"code": "rest_post_invalid_page_number"}')],
    ["422, as GitHub has it", (_request, response) => void response.writeHead(422).end()],
    ["the last page again", (_request, response) => void response.end(JSON.stringify(page(2)))],
  ])("counts pages until %s", async (_name, beyond) => {
    answer = (request, response) => {
      const number = Number(parameter(request, "page"));
      if (number <= 2) response.end(JSON.stringify(page(number)));
      else beyond(request, response);
    };
    const collection = await api({ type: "page_number" });
    expect([keys(collection), asked, collection.truncated]).toEqual([
      ["2", "3", "4", "5"],
      ["/list?x=1&page=1", "/list?x=1&page=2", "/list?x=1&page=3"],
      false,
    ]);
  });

  it("counts items instead, where its source says how many a page has", async () => {
    answer = (request, response) =>
      response.end(
        JSON.stringify(
          [1, 2, 3, 4, 5]
            .map((id) => ({ id }))
            .slice(Number(parameter(request, "from")))
            .slice(0, 2),
        ),
      );
    const collection = await api({ type: "page_number", parameter: "from", firstPage: 0, step: 2 });
    expect([keys(collection), asked]).toEqual([
      ["1", "2", "3", "4", "5"],
      ["/list?x=1&from=0", "/list?x=1&from=2", "/list?x=1&from=4", "/list?x=1&from=6"],
    ]);
  });

  it("does not take another error for the end", async () => {
    answer = (request, response) => (parameter(request, "page") === "1" ? response.end(JSON.stringify(page(1))) : response.writeHead(500).end());
    expect(await failureOf({ kind: "json_api", config: { pagination: { type: "page_number" } } })).toMatchObject({ httpStatus: 500 });
  });

  it.each([
    ["a Link header", { type: "link_header" }],
    ["a cursor", { type: "cursor", cursorExpression: "'same'", parameter: "c" }],
  ])("stops at %s that leads in a circle", async (_name, pagination) => {
    let counter = 0;
    answer = (_request, response) => void response.writeHead(200, { link: '</list?c=same&x=1>; rel="next"' }).end(JSON.stringify(page(counter++)));
    expect((await api(pagination)).pages).toBe(2);
  });

  it("stops at the limits, and says so", async () => {
    let counter = 0;
    answer = (_request, response) => void response.end(JSON.stringify(page(counter++)));
    expect(await api({ type: "page_number", maxPages: 3 })).toMatchObject({ pages: 3, truncated: true });
    expect(await api({ type: "page_number" }, { maxItems: 3 })).toMatchObject({ pages: 2, truncated: true, items: [{}, {}, {}] });
  });

  it("goes through the guard with every page", async () => {
    answer = (_request, response) => void response.writeHead(200, { link: '<http://169.254.169.254/>; rel="next"' }).end(JSON.stringify(page(0)));
    expect(await failureOf({ kind: "json_api", config: { pagination: { type: "link_header" } } })).toMatchObject({ code: "blocked" });
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
