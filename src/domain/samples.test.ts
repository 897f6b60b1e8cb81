import { describe, expect, test } from "vitest";
import { renderSample, type SampleDocument, sampleSources } from "./samples";
import { sourceDefinitionSchema } from "./source";

const BASE_URL = "http://localhost:3000";
const NOON = new Date("2026-11-24T12:00:30.000Z");
const MINUTE_LATER = new Date("2026-11-24T12:01:30.000Z");

function sample(name: string, at: Date, query = ""): SampleDocument {
  const found = renderSample(name, new URLSearchParams(query), { at, baseUrl: BASE_URL });
  if (!found) throw new Error(`There is no sample ${name}.`);
  return found;
}

const storiesOf = ({ body }: SampleDocument) => [...body.matchAll(/<guid[^>]*>([^<]+)</g)].map(([, guid]) => guid);
const lotsOf = ({ body }: SampleDocument) => [...body.matchAll(/id="(lot-\d+)"/g)].map(([, lot]) => lot);
const stockOf = ({ body }: SampleDocument) => (JSON.parse(body) as { products: { sku: string; price: number; stock: number }[] }).products;
const allStock = (at: Date) => [1, 2, 3].flatMap((page) => stockOf(sample("stock.json", at, `page=${page}`)));

test("every sample is the same for all requests within a minute, and so is its ETag", () => {
  for (const name of ["news.xml", "stock.json", "market.html"]) {
    expect(sample(name, new Date("2026-11-24T12:00:59.999Z"))).toEqual(sample(name, NOON));
    expect(sample(name, MINUTE_LATER).etag).not.toBe(sample(name, NOON).etag);
  }
});

describe("the news feed", () => {
  test("has 30 stories and gains one each minute", () => {
    const before = storiesOf(sample("news.xml", NOON));
    const after = storiesOf(sample("news.xml", MINUTE_LATER));
    expect(new Set(before).size).toBe(30);
    expect(after.slice(1)).toEqual(before.slice(0, 29));
    expect(before).not.toContain(after[0]);
  });

  test("links each story to a page about it", () => {
    const [, link] = /<item>.*?<link>([^<]+)</s.exec(sample("news.xml", NOON).body) ?? [];
    const url = new URL(link ?? "");
    const title = /<item>.*?<title>([^<]+)</s.exec(sample("news.xml", NOON).body)?.[1] ?? "";
    expect(url.origin).toBe(BASE_URL);
    expect(sample(url.pathname.replace("/samples/", ""), MINUTE_LATER, url.search).body).toContain(title);
  });
});

describe("the stock API", () => {
  test("has 60 products on three pages, and none on the fourth or on a page that is no number", () => {
    expect(new Set(allStock(NOON).map(({ sku }) => sku)).size).toBe(60);
    for (const page of ["4", "0", "1.5", "x"]) expect(stockOf(sample("stock.json", NOON, `page=${page}`))).toEqual([]);
    expect(stockOf(sample("stock.json", NOON))).toEqual(stockOf(sample("stock.json", NOON, "page=1")));
  });

  test("changes some products each minute and leaves most as they are", () => {
    const before = new Map(allStock(NOON).map((product) => [product.sku, JSON.stringify(product)]));
    const changed = allStock(MINUTE_LATER).filter((product) => before.get(product.sku) !== JSON.stringify(product));
    expect(changed.length).toBeGreaterThan(2);
    expect(changed.length).toBeLessThan(30);
  });
});

test("the market lists 24 lots and takes in a new one every two minutes", () => {
  const before = lotsOf(sample("market.html", NOON));
  const after = lotsOf(sample("market.html", new Date("2026-11-24T12:02:30.000Z")));
  expect(new Set(before).size).toBe(24);
  expect(after.slice(1)).toEqual(before.slice(0, 23));
});

test("the sample sources are definitions that a person could have entered, and point to samples that exist", () => {
  for (const definition of sampleSources(BASE_URL)) {
    expect(sourceDefinitionSchema.parse(definition)).toEqual(definition);
    expect(sample(new URL(definition.url).pathname.replace("/samples/", ""), NOON).body).not.toBe("");
  }
});

test.each(["nothing.xml", "story.html", "constructor", ""])("there is no sample called %j", (name) => {
  expect(renderSample(name, new URLSearchParams(), { at: NOON, baseUrl: BASE_URL })).toBeNull();
});
