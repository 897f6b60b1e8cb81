import type { CsvConfig, FeedConfig, HtmlPageConfig, JsonApiConfig, SitemapConfig } from "@/domain/source";
import { type ParsedCsv, parseCsv } from "./csv-items";
import { type ParsedFeed, parseFeed } from "./feed";
import { type ParsedHtmlPage, parseHtmlPage } from "./html-items";
import { type InspectedPage, inspectPage } from "./inspect-page";
import { type ParsedJsonPage, parseJsonPage } from "./json-items";
import { type ParsedSitemap, parseSitemap } from "./sitemap-items";

/** A page as fetched; its time and memory are at the mercy of whoever wrote it. */
export interface PageInput {
  body: Uint8Array;
  /** After redirects. */
  url: string;
  contentType?: string;
  /** No more than these are read; one above the limit tells that there were more. */
  maxItems: number;
}

/** What the killable processes do. Inputs and outputs pass between processes, so they hold plain data only. */
export interface SandboxTasks {
  feed: { input: PageInput & { config?: FeedConfig }; output: ParsedFeed };
  json_page: { input: PageInput & { config: JsonApiConfig }; output: ParsedJsonPage };
  html_page: { input: PageInput & { config: HtmlPageConfig }; output: ParsedHtmlPage };
  sitemap: { input: PageInput & { config: SitemapConfig }; output: ParsedSitemap };
  csv: { input: PageInput & { config: CsvConfig }; output: ParsedCsv };
  /** What the page is, where nobody says. */
  inspect: { input: PageInput; output: InspectedPage };
}

export type TaskName = keyof SandboxTasks;

type TaskRunners = { [T in TaskName]: (input: SandboxTasks[T]["input"]) => SandboxTasks[T]["output"] | Promise<SandboxTasks[T]["output"]> };

export const taskRunners: TaskRunners = {
  feed: (input) => parseFeed(input.body, input, input.config),
  json_page: (input) => parseJsonPage(input.body, input, input.config),
  html_page: (input) => parseHtmlPage(input.body, input, input.config),
  sitemap: (input) => parseSitemap(input.body, input, input.config),
  csv: (input) => parseCsv(input.body, input, input.config),
  inspect: inspectPage,
};
