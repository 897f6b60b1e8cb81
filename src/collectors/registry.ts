import type { SourceKind } from "@/domain/source";
import type { Collector } from "./collector";
import { csvCollector } from "./csv";
import { feedCollector } from "./feed";
import { htmlPageCollector } from "./html-page";
import { jsonApiCollector } from "./json-api";
import { sitemapCollector } from "./sitemap";

/** One collector for every kind of source; the compiler misses the one that is not here. */
export const collectors: { [K in SourceKind]: Collector<K> } = {
  feed: feedCollector,
  json_api: jsonApiCollector,
  html_page: htmlPageCollector,
  sitemap: sitemapCollector,
  csv: csvCollector,
};
