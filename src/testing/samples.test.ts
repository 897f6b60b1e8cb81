import { expect, test } from "vitest";
import { parseFeed } from "@/collectors/feed";
import { parseHtmlPage } from "@/collectors/html-items";
import { parseJsonPage } from "@/collectors/json-items";
import type { CollectedItem } from "@/domain/item";
import { renderSample, sampleSources } from "@/domain/samples";
import type { SourceDefinition } from "@/domain/source";

const BASE_URL = "http://localhost:3000";

/** What the source brings at this instant, from its first page. */
async function collectAt(source: SourceDefinition, at: Date): Promise<CollectedItem[]> {
  const url = new URL(source.url);
  const sample = renderSample(url.pathname.replace("/samples/", ""), url.searchParams, { at, baseUrl: BASE_URL });
  if (!sample) throw new Error(`There is no sample at ${source.url}.`);
  const body = new TextEncoder().encode(sample.body);
  const context = { url: source.url, contentType: sample.contentType, maxItems: 1000 };
  if (source.kind === "feed") return parseFeed(body, context).items;
  if (source.kind === "html_page") return parseHtmlPage(body, context, source.config).items;
  if (source.kind !== "json_api") throw new Error(`There is no sample of the kind ${source.kind}.`);
  return (await parseJsonPage(body, context, source.config)).items;
}

test.each(sampleSources(BASE_URL).map((source) => [source.name, source] as const))(
  "%s is read by its collector: titles, links and dates, and something new or changed ten minutes later",
  async (_, source) => {
    const items = await collectAt(source, new Date("2026-11-24T12:00:30.000Z"));
    const later = await collectAt(source, new Date("2026-11-24T12:10:30.000Z"));
    expect(items.length).toBeGreaterThanOrEqual(20);
    expect(items.every(({ title, publishedAt }) => title && publishedAt)).toBe(true);
    if (source.kind !== "json_api") expect(items.every(({ url }) => url?.startsWith(`${BASE_URL}/samples/`))).toBe(true);
    const known = new Map(items.map((item) => [item.key, JSON.stringify(item)]));
    expect(later.some(({ key }) => known.has(key))).toBe(true);
    expect(later.some((item) => known.get(item.key) !== JSON.stringify(item))).toBe(true);
  },
);
