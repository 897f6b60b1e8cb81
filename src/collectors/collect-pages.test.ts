import type { RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import type { CollectOptions } from "./collect";
import type { Collection } from "./collector";

let collected: CollectedSite;
let answer: RequestListener;

beforeAll(async () => {
  collected = await startCollectedSite((request, response) => answer(request, response));
});

afterEach(() => collected.forget());

afterAll(() => collected.close());

describe("a JSON API with pages", () => {
  const page = (number: number) => [{ id: number * 2 }, { id: number * 2 + 1 }];
  const api = (pagination: object, options: Partial<CollectOptions> = {}, config: object = {}) =>
    collected.collect({ kind: "json_api", config: { ...config, pagination } }, options);
  const parameter = (request: { url?: string }, name: string) => new URL(request.url ?? "", collected.site.origin).searchParams.get(name);
  const keys = (collection: Collection) => collection.items.map(({ key }) => key);

  it("follows the Link header", async () => {
    answer = (request, response) => {
      const number = Number(parameter(request, "p") ?? 0);
      if (number < 2) response.setHeader("link", `<?p=9>; rel="last", <?p=${number + 1}>; title="a, b"; rel="next nofollow"`);
      response.end(JSON.stringify(page(number)));
    };
    const collection = await api({ type: "link_header" });
    expect([keys(collection), collected.asked, collection.pages, collection.truncated]).toEqual([
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
    expect([keys(collection).length, collected.asked]).toEqual([6, ["/list?x=1", "/list?x=1&c=1", "/list?x=1&c=2"]]);
  });

  it.each([
    ["a whole address", () => `${collected.site.origin}/more`],
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
    expect(collected.asked).toEqual(["/list?x=1", "/v2/list", "/v2/list?page=2"]);
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
    expect([keys(collection), collected.asked, collection.truncated]).toEqual([
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
    expect([keys(collection), collected.asked]).toEqual([
      ["1", "2", "3", "4", "5"],
      ["/list?x=1&from=0", "/list?x=1&from=2", "/list?x=1&from=4", "/list?x=1&from=6"],
    ]);
  });

  it("does not take another error for the end", async () => {
    answer = (request, response) => (parameter(request, "page") === "1" ? response.end(JSON.stringify(page(1))) : response.writeHead(500).end());
    expect(await collected.failureOf({ kind: "json_api", config: { pagination: { type: "page_number" } } })).toMatchObject({ httpStatus: 500 });
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
    expect(await collected.failureOf({ kind: "json_api", config: { pagination: { type: "link_header" } } })).toMatchObject({ code: "blocked" });
  });
});
