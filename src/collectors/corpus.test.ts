import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonApiConfigSchema, type SourceDefinition, sourceDefinitionSchema } from "@/domain/source";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import { noManners } from "@/testing/manners";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import { type CollectorRuntime, createCollectorRuntime } from "./collect";
import { isCollectError } from "./collect-error";
import type { Collection } from "./collector";
import { contentHash } from "./content-hash";

interface IndexEntry {
  file: string;
  kind: string;
  format: string;
  encoding: string;
  expected_items?: { n: number; by: string };
  feedparser_entries?: number;
  tag_items?: number;
  expected_feed_links?: { href: string }[];
}

interface ListingPage {
  file: string;
  selectors: { PAGE?: string };
  page_links: string[];
}

const ROOT = path.resolve(process.cwd(), "../shared/fixtures");
const present = existsSync(path.join(ROOT, "INDEX.json"));
const entries: IndexEntry[] = present ? JSON.parse(readFileSync(path.join(ROOT, "INDEX.json"), "utf8")).entries : [];
const never = new AbortController().signal;

/** Feeds whose own project expects another number than we give. Everything not listed here must agree. */
const FEED_EXCEPTIONS: Record<string, { gives: number | string; because: string }> = {
  "feeds/node-feedparser/notafeed.html": { gives: "not_a_feed", because: "its project expects an error too; the index writes that as 0 items" },
};

/** Feeds for which there is only a second opinion, feedparser's, that we do not share. */
const SECOND_OPINION_EXCEPTIONS: Record<string, { gives: number | string; because: string }> = {
  "feeds/codehollow/Rss20LeFigaro.xml": { gives: 49, because: "one item stands in it twice, word for word" },
  "feeds/feedparser/wellformed/node_precedence/atom10_title.xml": { gives: 1, because: "its two entries say the same and have no id" },
  "feeds/rome/rome-modules/xml/ep/ep2_v4a.xml": { gives: 17, because: "two items have no id or link, and say the same" },
  "feeds/rome/rome-modules/xml/v/v5.xml": { gives: 17, because: "two items have no id or link, and say the same" },
  "feeds/feedparser/wellformed/rss/entity_in_doctype.xml": { gives: "bad_document", because: "it declares entities, which we promise to refuse" },
  "feeds/feed-rs/xml_sample_1.xml": { gives: "not_a_feed", because: "it is a catalogue of books in XML" },
  "feeds/gofeed/parser/universal/empty_feed.xml": { gives: "not_a_feed", because: "it is empty" },
  "feeds/gofeed/parser/universal/unknown_feed.xml": { gives: "not_a_feed", because: "it is a note in XML" },
  "feeds/miniflux/xml/iso88591.xml": { gives: "not_a_feed", because: "it is a note in XML" },
};

let site: LocalSite;
let runtime: CollectorRuntime;

beforeAll(async () => {
  const types = new Map(entries.map((entry) => [entry.file, contentTypeOf(entry)]));
  site = await startLocalSite((request, response) => {
    const file = decodeURIComponent(request.url?.slice(1) ?? "");
    response.setHeader("content-type", types.get(file) ?? "text/plain");
    response.end(readFileSync(path.join(ROOT, file)));
  });
  runtime = createCollectorRuntime({
    policy: site.policy,
    userAgent: "Milkrun test",
    manners: noManners,
    sandbox: { childPath: await bundleSandboxChild(), deadlineMs: 10_000 },
  });
});

afterAll(async () => {
  await runtime.close();
  await site.close();
});

/** The type that feedparser's own tests send, where they state one; otherwise none that would help with the charset. */
function contentTypeOf({ file, kind }: IndexEntry): string {
  if (kind.startsWith("html")) return "text/html";
  if (/json$/.test(file)) return "application/json";
  const head = kind === "feed-conformance" ? readFileSync(path.join(ROOT, file)).subarray(0, 2000).toString("latin1") : "";
  return /^Header:\s*Content-type:\s*(\S.*?)\s*$/im.exec(head)?.[1] ?? "application/xml";
}

async function collect(file: string, source: object): Promise<Collection> {
  const url = `${site.origin}/${file.split("/").map(encodeURIComponent).join("/")}`;
  const definition: SourceDefinition = sourceDefinitionSchema.parse({ name: file, url, ...source });
  return await runtime.collect(definition, { signal: never });
}

async function countFeedItems(file: string): Promise<number | string> {
  try {
    return (await collect(file, { kind: "feed" })).items.length;
  } catch (error) {
    if (isCollectError(error)) return error.code;
    throw error;
  }
}

/** What differs from the expectation, by file. */
async function differences(cases: { file: string; n: number }[]): Promise<Record<string, number | string>> {
  const found: Record<string, number | string> = {};
  for (const { file, n } of cases) {
    const count = await countFeedItems(file);
    if (count !== n) found[file] = count;
  }
  return found;
}

function givenBy(exceptions: Record<string, { gives: number | string }>) {
  return Object.fromEntries(Object.entries(exceptions).map(([file, { gives }]) => [file, gives]));
}

const feeds = entries.filter(({ file, kind }) => file.startsWith("feeds/") && /^(feed|html)/.test(kind));
const note = present ? "" : " (skipped: the shared fixtures are not on this machine)";

describe.skipIf(!present)(`the corpus of feeds${note}`, () => {
  it("gives the number of items that each feed's own project expects", { timeout: 120_000 }, async () => {
    const cases = feeds.flatMap(({ file, expected_items }) => (expected_items ? [{ file, n: expected_items.n }] : []));
    expect(cases.length).toBeGreaterThan(100);
    expect(await differences(cases)).toEqual(givenBy(FEED_EXCEPTIONS));
  });

  it("gives the number that feedparser finds, or that there are tags, where nobody states one", { timeout: 120_000 }, async () => {
    const cases = feeds.flatMap(({ file, expected_items, feedparser_entries, tag_items }) =>
      expected_items ? [] : [{ file, n: feedparser_entries ?? tag_items ?? 0 }],
    );
    expect(cases.length).toBeGreaterThan(400);
    expect(await differences(cases)).toEqual(givenBy(SECOND_OPINION_EXCEPTIONS));
  });
});

describe.skipIf(!present)(`the corpus of JSON APIs${note}`, () => {
  const configs: Record<string, object> = {
    "json-api/exchange-rates/": { itemsExpression: "$each(rates, function($value, $name) { { 'id': $name, 'rate': $value } })" },
    "json-api/npm-registry/view-croner.json": { itemsExpression: "versions.{ 'id': $ }" },
    "json-api/npm-registry/": { itemsExpression: "$each(versions, function($value) { $value })", keyExpression: "version" },
    "json-api/": {},
  };
  const cases = entries.filter(({ file }) => file.startsWith("json-api/"));

  it.each(cases)("$file", async ({ file, expected_items, tag_items }) => {
    const config = Object.entries(configs).find(([prefix]) => file.startsWith(prefix))?.[1];
    const { items } = await collect(file, { kind: "json_api", config: jsonApiConfigSchema.parse(config) });
    expect(items.length).toBe(expected_items?.n ?? tag_items);
  });

  it("tells new, gone and unchanged earthquakes apart between two polls", async () => {
    const [before, after] = await Promise.all(
      ["poll1", "poll2"].map((poll) => collect(`json-api/usgs/all_week.${poll}.geojson`, { kind: "json_api", config: {} })),
    );
    const known = new Map(before?.items.map((item) => [item.key, contentHash(item)]));
    const seen = after?.items.filter((item) => known.has(item.key)) ?? [];
    const changed = seen.filter((item) => known.get(item.key) !== contentHash(item));
    expect([(after?.items.length ?? 0) - seen.length, seen.length, changed.length]).toEqual([120, 400, 0]);
  });
});

describe.skipIf(!present)(`the corpus of web pages${note}`, () => {
  const listings: ListingPage[] = present ? JSON.parse(readFileSync(path.join(ROOT, "html/listing/pagination.json"), "utf8")) : [];
  const pages = listings.filter(({ selectors, page_links }) => selectors.PAGE && page_links.length > 0);

  it.each(pages)("$file gives the links that its annotated selector means", async ({ file, selectors, page_links }) => {
    const { items, title } = await collect(file, { kind: "html_page", config: { itemSelector: selectors.PAGE } });
    const addresses = new Set(items.map(({ url }) => url).filter((url) => url !== undefined));
    const base = items.find(({ url }) => url?.endsWith(page_links[0] ?? ""))?.url ?? site.origin;
    expect(addresses.size).toBe(new Set(page_links.map((link) => new URL(link, base).href)).size);
    expect(`${title} ${items.map((item) => item.title).join(" ")}`).not.toContain("\uFFFD");
  });

  it.each(entries.filter(({ kind }) => kind === "html-autodiscovery"))(
    "$file is no feed, and says where there is one",
    async ({ file, expected_feed_links }) => {
      const failure: unknown = await collect(file, { kind: "feed" }).catch((error: unknown) => error);
      const address = expected_feed_links?.[0]?.href.replace(/^\//, `${site.origin}/`);
      expect(failure).toMatchObject({
        code: "not_a_feed",
        message: expect.stringContaining(`This is a web page, not a feed. The page names a feed: ${address}`),
      });
    },
  );
});
