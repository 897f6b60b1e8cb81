import { judgeFeeds, judgeJsonApis, judgeSitemaps, judgeTables } from "./corpus-documents";
import type { Corpus } from "./corpus-files";
import { judgeAutodiscovery, judgeFoundLists, judgeListings, judgeStructuredData } from "./corpus-pages";
import { judgeDates, judgeOpml, judgeRobots, judgeUrls } from "./corpus-rules";
import type { JudgedCase } from "./judged-case";

/** What the corpus holds, by category, in the order of the table. */
export const CATEGORIES: Record<string, (corpus: Corpus) => Promise<JudgedCase[]>> = {
  feeds: judgeFeeds,
  "json-api": judgeJsonApis,
  "html/listing": judgeListings,
  "html/listing, found": judgeFoundLists,
  "html/autodiscovery": judgeAutodiscovery,
  "html/structured": judgeStructuredData,
  sitemaps: judgeSitemaps,
  csv: judgeTables,
  opml: judgeOpml,
  robots: judgeRobots,
  dates: judgeDates,
  urls: judgeUrls,
};

/** The cases of a category that are not as expected. */
export function differencesOf(cases: JudgedCase[]): { name: string; difference: string }[] {
  return cases.flatMap(({ name, difference }) => (difference === null ? [] : [{ name, difference }]));
}
