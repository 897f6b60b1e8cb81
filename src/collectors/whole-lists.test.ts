import type { RequestListener } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";

let collected: CollectedSite;
let answer: RequestListener;

beforeAll(async () => {
  collected = await startCollectedSite((request, response) => answer(request, response));
});

afterAll(() => collected.close());

/** A JSON API of so many pages, in the way of the kind of pagination that the test is about. */
const pages =
  (last: number, after: 400 | 404 | "empty" | "the last again"): RequestListener =>
  (request, response) => {
    const number = Number(new URL(request.url ?? "", "http://site").searchParams.get("page"));
    if (number <= last) response.end(JSON.stringify([{ id: number }]));
    else if (typeof after === "number") response.writeHead(after).end();
    else response.end(JSON.stringify(after === "empty" ? [] : [{ id: last }]));
  };
const links =
  (next: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { link: next }).end(JSON.stringify([{ id: 1 }]));
const sitemaps =
  (status: number): RequestListener =>
  (request, response) => {
    if (request.url === "/gone.xml") response.writeHead(status).end("<urlset/>");
    else if (request.url === "/a.xml") response.end("<urlset><url><loc>http://example.org/a</loc></url></urlset>");
    else response.end("<sitemapindex><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>");
  };
const sends =
  (body: string): RequestListener =>
  (_request, response) =>
    void response.end(body);

const byNumber = { pagination: { type: "page_number" } };
const byLink = { pagination: { type: "link_header" } };
const feedItem = "<item><title>Milk</title></item>";
const table = "id,name\n1,Milk\n2,Cheese\n";

describe("a list is read whole", () => {
  it.each<[string, RequestListener, object, boolean]>([
    ["where the page after the last is missing", pages(2, 404), { kind: "json_api", config: byNumber }, true],
    ["where the page after the last is empty", pages(2, "empty"), { kind: "json_api", config: byNumber }, true],
    ["unless the page after the last is refused", pages(2, 400), { kind: "json_api", config: byNumber }, false],
    ["unless the site only repeats itself", pages(2, "the last again"), { kind: "json_api", config: byNumber }, false],
    ["unless there are more pages than are wanted", pages(9, 404), { kind: "json_api", config: { pagination: { type: "page_number", maxPages: 3 } } }, false],
    ["where no link leads on", links(""), { kind: "json_api", config: byLink }, true],
    ["unless links lead in a circle", links('</list?x=1>; rel="next"'), { kind: "json_api", config: byLink }, false],
    ["unless a link leads to more, which nobody wants to be read", links('<?p=2>; rel="next"'), { kind: "json_api", config: {} }, false],
    ["with all the sitemaps of an index", sitemaps(200), { kind: "sitemap", config: {} }, true],
    ["unless one of them is gone", sitemaps(404), { kind: "sitemap", config: {} }, false],
    ["unless more are named than are wanted", sitemaps(200), { kind: "sitemap", config: { maxSitemaps: 1 } }, false],
    ["unless its sitemap ends too early", sends("<urlset><url><loc>http://example.org/a</loc></url><url>"), { kind: "sitemap", config: {} }, false],
    ["unless its feed ends too early", sends(`<rss><channel>${feedItem}${feedItem.slice(0, -9)}`), { kind: "feed", config: {} }, false],
    [
      "unless its feed ends within its first item, which is all there is then",
      sends(`<rss><channel>${feedItem.slice(0, -9)}`),
      { kind: "feed", config: {} },
      false,
    ],
    ["where its feed lacks no more than its end", sends(`<rss><channel>${feedItem}${feedItem}`), { kind: "feed", config: {} }, true],
    ["where it is one table", sends(table), { kind: "csv", config: {} }, true],
  ])("%s", async (_, site, source, isWhole) => {
    answer = site;
    expect(await collected.collect(source)).toMatchObject({ isWhole });
  });

  it("unless it was cut off", async () => {
    answer = sends(table);
    expect(await collected.collect({ kind: "csv", config: {} }, { maxItems: 1 })).toMatchObject({ isWhole: false, truncated: true });
  });
});
