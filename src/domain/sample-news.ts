import { escapeMarkup, minuteOf, pickOne, startOfMinute } from "./sample-numbers";

const NEWEST_STORIES = 30;

const PLACES = [
  "Alderney",
  "Birchfield",
  "Cloverton",
  "Dunmore",
  "Eastbrook",
  "Fernhill",
  "Greendale",
  "Hollowell",
  "Ivybridge",
  "Juniper Bay",
  "Kingsmead",
] as const;
const EVENTS = [
  "dairy opens a second bottling line",
  "market moves to the old station",
  "farmers report an early hay harvest",
  "school starts a breakfast club",
  "bakery brings back its rye loaf",
  "council plants two hundred trees",
  "library lends out seeds",
  "ferry adds a morning crossing",
  "creamery wins the county prize",
  "mill grinds by water again",
  "bridge reopens after repairs",
  "orchard invites to a blossom walk",
  "co-op halves its packaging",
] as const;

function storyTitle(minute: number): string {
  return `${pickOne(PLACES, minute, 1)} ${pickOne(EVENTS, minute, 2)}`;
}

function storyText(minute: number): string {
  return `${storyTitle(minute)}. A story that Milkrun made up at ${startOfMinute(minute).toISOString()}, so that you can watch a feed grow.`;
}

/** An RSS feed with a new story each minute; the last 30 are in it. */
export function renderNews(at: Date, baseUrl: string): string {
  const newest = minuteOf(at);
  const stories = Array.from({ length: NEWEST_STORIES }, (_, age) => renderFeedItem(newest - age, baseUrl));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
<channel>
<title>Milkrun sample news</title>
<link>${escapeMarkup(baseUrl)}/samples/news.xml</link>
<description>A new story each minute, made up by Milkrun itself.</description>
${stories.join("\n")}
</channel>
</rss>
`;
}

function renderFeedItem(minute: number, baseUrl: string): string {
  return `<item>
<guid isPermaLink="false">story-${minute}</guid>
<title>${escapeMarkup(storyTitle(minute))}</title>
<link>${escapeMarkup(baseUrl)}/samples/story.html?id=${minute}</link>
<pubDate>${startOfMinute(minute).toUTCString()}</pubDate>
<description>${escapeMarkup(storyText(minute))}</description>
</item>`;
}

/** The page that a story of the feed links to; null for what is no story's number. */
export function renderStory(id: string | null): string | null {
  if (id === null || !/^\d{1,9}$/.test(id)) return null;
  const minute = Number(id);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeMarkup(storyTitle(minute))}</title></head>
<body><article><h1>${escapeMarkup(storyTitle(minute))}</h1><p>${escapeMarkup(storyText(minute))}</p></article></body>
</html>
`;
}
