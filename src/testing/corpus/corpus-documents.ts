import { parseCsv } from "@/collectors/csv-items";
import { parseFeed } from "@/collectors/feed";
import { parseJsonPage } from "@/collectors/json-items";
import { parseSitemap } from "@/collectors/sitemap-items";
import { csvConfigSchema, jsonApiConfigSchema, sitemapConfigSchema } from "@/domain/source";
import type { Corpus, CorpusEntry } from "./corpus-files";
import { type JudgedCase, judge } from "./judged-case";

const BASE = "https://corpus.example/";

/** Feeds: as many items as their own projects expect, else as feedparser finds, else as there are tags. */
export async function judgeFeeds(corpus: Corpus): Promise<JudgedCase[]> {
  const feeds = corpus.entries.filter(({ file, kind }) => file.startsWith("feeds/") && /^(feed|html)/.test(kind));
  const judged: JudgedCase[] = [];
  for (const entry of feeds) {
    const { file, expected_items, feedparser_entries, tag_items } = entry;
    const context = { url: BASE + file, contentType: contentTypeOf(corpus, entry) };
    judged.push(await judge(file, expected_items?.n ?? feedparser_entries ?? tag_items ?? 0, () => parseFeed(corpus.bytes(file), context).items.length));
  }
  return judged;
}

/** The type that feedparser's own tests send, where they state one; otherwise none that would help with the charset. */
function contentTypeOf(corpus: Corpus, { file, kind }: CorpusEntry): string {
  if (kind.startsWith("html")) return "text/html";
  if (file.endsWith("json")) return "application/json";
  const head = kind === "feed-conformance" ? corpus.bytes(file).subarray(0, 2000).toString("latin1") : "";
  return /^Header:\s*Content-type:\s*(\S.*?)\s*$/im.exec(head)?.[1] ?? "application/xml";
}

/** Where the lists of those documents are that are no list themselves. */
const JSON_CONFIGS: Record<string, object> = {
  "json-api/exchange-rates/": { itemsExpression: "$each(rates, function($value, $name) { { 'id': $name, 'rate': $value } })" },
  "json-api/npm-registry/view-croner.json": { itemsExpression: "versions.{ 'id': $ }" },
  "json-api/npm-registry/": { itemsExpression: "$each(versions, function($value) { $value })", keyExpression: "version" },
  "json-api/": {},
};

/** JSON APIs: the number of items. */
export async function judgeJsonApis(corpus: Corpus): Promise<JudgedCase[]> {
  const entries = corpus.entries.filter(({ file }) => file.startsWith("json-api/"));
  return await Promise.all(
    entries.map(({ file, expected_items, tag_items }) => {
      const config = Object.entries(JSON_CONFIGS).find(([prefix]) => file.startsWith(prefix))?.[1];
      const read = () => parseJsonPage(corpus.bytes(file), { url: BASE + file }, jsonApiConfigSchema.parse(config));
      return judge(file, expected_items?.n ?? tag_items, async () => (await read()).items.length);
    }),
  );
}

/** Sitemaps: the number of addresses that are expected, else that there are. */
export async function judgeSitemaps(corpus: Corpus): Promise<JudgedCase[]> {
  const entries = corpus.entries.filter(({ kind }) => kind === "sitemap");
  return await Promise.all(
    entries.map(({ file, expected_items, tag_items }) => {
      const body = corpus.bytes(file);
      const addresses = body.toString("utf8").match(/<loc>|^https?:/gm)?.length ?? 0;
      const read = () => parseSitemap(body, { url: BASE + file }, sitemapConfigSchema.parse({})).items.length;
      return judge(file, expected_items?.n ?? tag_items ?? addresses, read);
    }),
  );
}

/** Tables: every cell where the corpus states them, else the number of rows. */
export async function judgeTables(corpus: Corpus): Promise<JudgedCase[]> {
  const entries = corpus.entries.filter(({ file }) => file.startsWith("csv/"));
  return await Promise.all(
    entries.map(({ file, expected_file, expected_items }) => {
      const read = () => parseCsv(corpus.bytes(file), { url: BASE + file }, csvConfigSchema.parse({})).items;
      if (expected_file === undefined) return judge(file, expected_items?.n, () => read().length);
      return judge(file, [JSON.parse(corpus.text(expected_file))].flat(), () => read().map(({ fields }) => fields));
    }),
  );
}
