import { expect, test } from "vitest";
import { atomFeed, type FeedItem } from "./atom-feed";

const at = new Date("2026-11-24T06:00:00Z");
const ITEM: FeedItem = { id: "1", title: "Milk", url: null, sourceName: "Dairy", publishedAt: null, firstSeenAt: at, lastChangedAt: at, fields: {} };

function titlesOf(items: readonly FeedItem[]): string[] {
  const frame = { id: "urn:uuid:1", title: "Items", selfUrl: "https://milk.example/feed", pageUrl: "https://milk.example/items", author: "Dairy", sinceAt: at };
  const text = atomFeed({ ...frame, items, idOf: ({ id }) => `urn:item:${id}` });
  return [...text.matchAll(/<entry>\n<id>.*<\/id>\n<title>([^<]*)<\/title>/g)].map(([, title = ""]) => title);
}

test("an entry of a feed has a title to be seen: its own, else its address", () => {
  const url = "https://example.org/a";
  const titles = [" Milk & honey ", "\u0007", "\n", null];
  expect(titlesOf(titles.map((title) => ({ ...ITEM, title, url })))).toEqual(["Milk &amp; honey", url, url, url]);
  expect(titlesOf([{ ...ITEM, title: " " }])).toEqual(["Item without a title"]);
});
