import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import type { LocalSite } from "@/testing/local-site";

let collected: CollectedSite;
let site: LocalSite;
let answer: RequestListener;

beforeAll(async () => {
  collected = await startCollectedSite((request, response) => answer(request, response));
  site = collected.site;
});

afterEach(() => collected.forget());

afterAll(() => collected.close());

describe("a sitemap", () => {
  it("is followed from its index to files that are packed, in a killable process for each", async () => {
    answer = (request, response) => {
      if (request.url === "/map.xml.gz") response.end(gzipSync(`<urlset><url><loc>${site.origin}/a</loc><lastmod>2024-10-02</lastmod></url></urlset>`));
      else response.end(`<sitemapindex><sitemap><loc>${site.origin}/map.xml.gz</loc></sitemap></sitemapindex>`);
    };
    const collection = await collected.collect({ kind: "sitemap", config: {} });
    expect(collected.asked).toEqual(["/list?x=1", "/map.xml.gz"]);
    expect(collection).toMatchObject({ pages: 2, items: [{ key: `${site.origin}/a`, publishedAt: new Date("2024-10-02T00:00:00Z") }] });
  });
});

describe("a table", () => {
  it("becomes a collection", async () => {
    answer = (_request, response) => response.end("id;name\n1;Milk\n2;Cheese\n");
    const first = await collected.collect({ kind: "csv", config: {} });
    expect(first).toMatchObject({ fieldFill: { id: 2, name: 2, title: 2 }, items: [{ key: "1", title: "Milk" }, { key: "2" }] });
  });
});

describe("an address of which nobody says what it is", () => {
  const inspect = (url: string) => collected.runtime.inspect(url, { signal: new AbortController().signal });

  it("is inspected where it leads", async () => {
    answer = (request, response) => {
      if (request.url === "/") response.writeHead(302, { location: "/feed" }).end();
      else response.end("<rss><channel><title>News</title><item><title>1</title></item></channel></rss>");
    };
    const finalUrl = `${site.origin}/feed`;
    expect(await inspect(`${site.origin}/`)).toEqual({
      title: "News",
      finalUrl,
      suggestions: [{ label: "Feed with 1 item", name: "News", kind: "feed", url: finalUrl, config: {} }],
    });
  });

  it("is refused as any other is", async () => {
    await expect(inspect("http://169.254.169.254/")).rejects.toMatchObject({ code: "blocked" });
  });
});
