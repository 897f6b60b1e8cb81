import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/** What the index says of a file: what it is, and what others expect of it. */
export interface CorpusEntry {
  file: string;
  kind: string;
  expected_items?: { n: number };
  expected_file?: string;
  /** What Python's feedparser finds: a second opinion. */
  feedparser_entries?: number;
  tag_items?: number;
  expected_feed_links?: { href: string }[];
}

/** Real documents, and what other projects expect of them. */
export interface Corpus {
  entries: CorpusEntry[];
  /** As the fetcher gives it: without its compression. */
  bytes(file: string): Buffer;
  text(file: string): string;
  /** The lines of a file that each are JSON. */
  lines<Line>(file: string): Line[];
}

/** The corpus beside the project, or where MILKRUN_CORPUS says; null where there is none. It is not part of the project. */
export function openCorpus(): Corpus | null {
  const root = process.env.MILKRUN_CORPUS ?? path.resolve(process.cwd(), "../shared/fixtures");
  const index = path.join(root, "INDEX.json");
  if (!existsSync(index)) return null;
  const bytes = (file: string) => unpacked(readFileSync(path.join(root, file)));
  const text = (file: string) => bytes(file).toString("utf8");
  const lines = <Line>(file: string) =>
    text(file)
      .split("\n")
      .filter((line) => line !== "")
      .map((line): Line => JSON.parse(line));
  return { entries: JSON.parse(readFileSync(index, "utf8")).entries, bytes, text, lines };
}

function unpacked(body: Buffer): Buffer {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
}

/** For the title of a test. */
export const CORPUS_NOTE = " (skipped: the shared fixtures are not on this machine)";
