import { renderMarket } from "./sample-market";
import { renderNews, renderStory } from "./sample-news";
import { minuteOf } from "./sample-numbers";
import { renderStock } from "./sample-stock";
import type { SourceDefinition } from "./source";

/** A sample as it is served. */
export interface SampleDocument {
  body: string;
  contentType: string;
  /** Quoted; changes when the body does. */
  etag: string;
}

interface SampleMoment {
  at: Date;
  /** Where Milkrun is served, without a slash at the end. */
  baseUrl: string;
}

/** The sample of this name as it is at this moment, the same for every request within the minute; null when there is none. */
export function renderSample(name: string, parameters: URLSearchParams, { at, baseUrl }: SampleMoment): SampleDocument | null {
  const minute = minuteOf(at);
  switch (name) {
    case "news.xml":
      return { body: renderNews(at, baseUrl), contentType: "application/rss+xml; charset=utf-8", etag: `"news-${minute}"` };
    case "stock.json":
      return { body: renderStock(at, parameters.get("page")), contentType: "application/json; charset=utf-8", etag: `"stock-${minute}"` };
    case "market.html":
      return { body: renderMarket(at), contentType: HTML, etag: `"market-${minute}"` };
    case "story.html": {
      const body = renderStory(parameters.get("id"));
      return body === null ? null : { body, contentType: HTML, etag: '"story"' };
    }
    default:
      return null;
  }
}

const HTML = "text/html; charset=utf-8";

/** Definitions of the sources that Milkrun serves itself, so that a machine without internet sees a full scheduled run. */
export function sampleSources(baseUrl: string): SourceDefinition[] {
  return [
    { name: "Sample news", kind: "feed", url: `${baseUrl}/samples/news.xml`, config: {} },
    {
      name: "Sample stock",
      kind: "json_api",
      url: `${baseUrl}/samples/stock.json`,
      config: {
        itemsExpression: "products",
        keyExpression: "sku",
        titleExpression: "name",
        linkExpression: "",
        dateExpression: "updatedAt",
        fields: { price: "price", stock: "stock" },
        pagination: { type: "page_number", parameter: "page", firstPage: 1, maxPages: 10 },
      },
    },
    {
      name: "Sample market",
      kind: "html_page",
      url: `${baseUrl}/samples/market.html`,
      config: {
        itemsFrom: "selectors",
        itemTypes: [],
        itemSelector: "article.lot",
        titleSelector: "h2",
        linkSelector: "h2 a",
        dateSelector: "time",
        keySelector: "",
        fields: { price: { selector: ".price", attribute: "" }, seller: { selector: ".seller", attribute: "" } },
      },
    },
  ];
}
