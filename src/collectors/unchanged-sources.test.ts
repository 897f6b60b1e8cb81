import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import type { Collection } from "./collector";

let collected: CollectedSite;
let answer: RequestListener;
/** Every request, with the status that it was answered with. */
let asked: [string, number][] = [];

beforeAll(async () => {
  collected = await startCollectedSite((request, response) => {
    response.on("finish", () => asked.push([request.url ?? "", response.statusCode]));
    answer(request, response);
  });
});

beforeEach(() => {
  asked = [];
});

afterAll(() => collected.close());

/** A site of these pages, each with its version; a page that is not there has none. */
function serve(pages: Record<string, string>, { tags = true, otherwise = 404 } = {}): void {
  answer = (request, response) => {
    const body = pages[request.url ?? ""];
    if (body === undefined) return void response.writeHead(otherwise).end();
    if (!tags) return void response.end(body);
    const tag = `"${Buffer.from(body).toString("base64url")}"`;
    const isKnown = request.headers["if-none-match"] === tag;
    response.writeHead(isKnown ? 304 : 200, { etag: tag }).end(isKnown ? undefined : body);
  };
}

const again = (source: object, { reading }: Collection) => {
  asked = [];
  return collected.collect(source, { known: reading });
};
const keysOf = ({ items }: Collection) => items.map(({ key }) => key);

const FEED = "<rss><channel><ttl>60</ttl><item><guid>1</guid><title>1</title></item></channel></rss>";
const SITEMAP = (...names: string[]) => `<urlset>${names.map((name) => `<url><loc>http://example.org/${name}</loc></url>`).join("")}</urlset>`;
const INDEX = "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>";
const PAGES = { "/list?x=1&page=1": '[{"id":1}]', "/list?x=1&page=2": '[{"id":2}]' };

const ONE_PAGE = [
  [{ kind: "feed" }, FEED],
  [{ kind: "csv", config: {} }, "id,name\n1,Milk\n"],
  [{ kind: "html_page", config: { itemSelector: "article" } }, "<article><a href=/1>One</a></article>"],
  [{ kind: "json_api", config: {} }, '[{"id":1}]'],
  [{ kind: "sitemap", config: {} }, SITEMAP("a")],
] as const;
const BY_NUMBER = { kind: "json_api", config: { pagination: { type: "page_number" } } };
const MAP = { kind: "sitemap", config: {} };
const MAPS = { "/list?x=1": INDEX, "/a.xml": SITEMAP("a"), "/b.xml": SITEMAP("b") };

describe("an unchanged source", () => {
  it.each(ONE_PAGE)("%j of one page costs one 304", async (source, body) => {
    serve({ "/list?x=1": body });
    const first = await collected.collect(source);
    const second = await again(source, first);
    expect([asked, second.outcome, second.httpStatus, second.items, second.wireBytes]).toEqual([[["/list?x=1", 304]], "not_modified", 304, [], 0]);
    expect((await again(source, second)).outcome).toBe("not_modified");
  });

  it.each(ONE_PAGE)("%j is not read where the site knows no versions and sends the same bytes", async (source, body) => {
    serve({ "/list?x=1": body }, { tags: false });
    const second = await again(source, await collected.collect(source));
    expect([asked, second.outcome, second.httpStatus, second.items]).toEqual([[["/list?x=1", 200]], "not_modified", 200, []]);
  });

  const DATE = "Wed, 02 Oct 2024 13:00:00 GMT";
  let answers = 0;
  it.each<[string, (request: IncomingMessage) => { status: number; headers: OutgoingHttpHeaders }, number[]]>([
    ["a weak tag", ({ headers }) => ({ status: headers["if-none-match"] === 'W/"1"' ? 304 : 200, headers: { etag: 'W/"1"' } }), [304, 304]],
    ["a date and no tag", ({ headers }) => ({ status: headers["if-modified-since"] === DATE ? 304 : 200, headers: { "last-modified": DATE } }), [304, 304]],
    [
      "a tag that its 304 does not repeat",
      ({ headers }) => (headers["if-none-match"] ? { status: 304, headers: {} } : { status: 200, headers: { etag: '"1"' } }),
      [304, 304],
    ],
    [
      "another tag with each answer",
      ({ headers }) => ({ status: headers["if-none-match"] === `"${answers - 1}"` ? 304 : 200, headers: { etag: `"${answers}"` } }),
      [304, 304],
    ],
    ["tags that it never compares", () => ({ status: 200, headers: { etag: `"${answers}"` } }), [200, 200]],
    ["tags that cannot be sent back", ({ headers }) => ({ status: headers["if-none-match"] ? 500 : 200, headers: { etag: '"\u00e4"' } }), [200, 200]],
  ])("is not read where the site has %s", async (_what, answering, statuses) => {
    answer = (request, response) => {
      answers += 1;
      const { status, headers } = answering(request);
      response.writeHead(status, headers).end(status === 304 ? undefined : FEED);
    };
    const second = await again({ kind: "feed" }, await collected.collect({ kind: "feed" }));
    const third = await collected.collect({ kind: "feed" }, { known: second.reading });
    expect([second.outcome, third.outcome, asked.map(([, status]) => status)]).toEqual(["not_modified", "not_modified", statuses]);
  });

  it("costs a 304 for each of its pages, and finds out whether there is one more", async () => {
    serve(PAGES);
    const second = await again(BY_NUMBER, await collected.collect(BY_NUMBER));
    expect([second.outcome, second.pages]).toEqual(["not_modified", 3]);
    expect(asked).toEqual([
      ["/list?x=1&page=1", 304],
      ["/list?x=1&page=2", 304],
      ["/list?x=1&page=3", 404],
    ]);
  });

  it("costs a 304 for each of the files of an index, and asks for those that are gone", async () => {
    serve(MAPS);
    expect((await again(MAP, await collected.collect(MAP))).outcome).toBe("not_modified");
    expect(asked.map(([, status]) => status)).toEqual([304, 304, 404, 304]);
  });

  it("keeps what it says of how often it wants to be read, and takes what the answer says now", async () => {
    serve({ "/list?x=1": FEED });
    const first = await collected.collect({ kind: "feed" });
    const said = answer;
    answer = (request, response) => said(request, response.setHeader("cache-control", "max-age=300") as ServerResponse<typeof request>);
    expect([first.reading.pace, (await again({ kind: "feed" }, first)).reading.pace]).toEqual([
      { documentMs: 3_600_000 },
      { documentMs: 3_600_000, answerMs: 300_000 },
    ]);
  });
});

describe("a source that changed", () => {
  it("on its first page is read anew, and no page is sent twice", async () => {
    serve(PAGES);
    const first = await collected.collect(BY_NUMBER);
    serve({ ...PAGES, "/list?x=1&page=1": '[{"id":9}]' });
    expect(keysOf(await again(BY_NUMBER, first))).toEqual(["9", "2"]);
    expect(asked.map(([, status]) => status)).toEqual([200, 200, 404]);
  });

  it("on a later page is read anew", async () => {
    serve(PAGES);
    const first = await collected.collect(BY_NUMBER);
    serve({ ...PAGES, "/list?x=1&page=2": '[{"id":9}]' });
    expect(keysOf(await again(BY_NUMBER, first))).toEqual(["1", "9"]);
    expect(asked.map(([, status]) => status)).toEqual([304, 200, 200, 404]);
  });

  it.each([404, 400])("by a page after the last, for which it answered %i, is read anew", async (otherwise) => {
    serve(PAGES, { otherwise });
    const first = await collected.collect(BY_NUMBER);
    expect((await again(BY_NUMBER, first)).outcome).toBe("not_modified");
    serve({ ...PAGES, "/list?x=1&page=3": '[{"id":3}]' }, { otherwise });
    expect(keysOf(await again(BY_NUMBER, first))).toEqual(["1", "2", "3"]);
  });

  it("in a file of an index that stays the same is read anew, and so is one of which a file is gone", async () => {
    serve(MAPS);
    const first = await collected.collect(MAP);
    serve({ ...MAPS, "/b.xml": SITEMAP("b", "c") });
    expect(keysOf(await again(MAP, first))).toHaveLength(3);
    serve({ "/list?x=1": INDEX, "/a.xml": SITEMAP("a") });
    expect(keysOf(await again(MAP, first))).toHaveLength(1);
  });

  it("is read anew where nothing is known of it, whatever the site would answer", async () => {
    answer = (request, response) => void response.writeHead(request.headers["if-none-match"] ? 304 : 200, { etag: '"1"' }).end(FEED);
    const first = await collected.collect({ kind: "feed" });
    expect((await again({ kind: "feed" }, first)).outcome).toBe("not_modified");
    expect((await collected.collect({ kind: "feed" })).outcome).toBe("collected");
  });

  it("is read anew where it is defined otherwise, but not for how often it is asked", async () => {
    serve({ "/list?x=1": '[{"id":1}]' });
    const first = await collected.collect({ kind: "json_api", config: {} });
    expect((await again({ kind: "json_api", config: { keyExpression: "id" } }, first)).outcome).toBe("collected");
    expect((await again({ kind: "json_api", config: { completeList: false } }, first)).outcome).toBe("collected");
    expect((await again({ kind: "json_api", config: { everyRun: true } }, first)).outcome).toBe("not_modified");
  });

  it("fails where its first page cannot be had, and its reading is of use later", async () => {
    serve(PAGES);
    const first = await collected.collect(BY_NUMBER);
    answer = (_request, response) => void response.writeHead(500).end();
    await expect(again(BY_NUMBER, first)).rejects.toMatchObject({ httpStatus: 500 });
    serve(PAGES);
    expect((await again(BY_NUMBER, first)).outcome).toBe("not_modified");
  });
});
