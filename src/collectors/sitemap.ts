import type { CollectedItem } from "@/domain/item";
import type { CollectError } from "./collect-error";
import { countFilledFields, pageInput } from "./collection";
import type { CollectContext, CollectedSource, Collector, DefinitionOf } from "./collector";
import type { FetchedPage } from "./fetch-page";
import { isMissing } from "./page-memory";
import { newestFirst, type ParsedSitemap } from "./sitemap-items";

/** What was read so far. */
interface Progress {
  items: Map<string, CollectedItem>;
  /** Named by an index and not asked for yet. */
  waiting: string[];
  /** Every address that was ever named: an index that names itself, or another that does, would be read for ever. */
  known: Set<string>;
  files: number;
  wireBytes: number;
  /** True when something was left out. */
  more: boolean;
  /** True when a file was cut off. */
  isCutOff: boolean;
  /** Said of the last file that an index named and that is not there. */
  gone?: CollectError;
}

export const sitemapCollector: Collector<"sitemap"> = {
  kind: "sitemap",
  accept: "application/xml, text/xml, text/plain;q=0.8, */*;q=0.5",
  async collect(source, context) {
    const first = await context.fetchPage(source.url, { signal: context.signal });
    return await collectFiles(source, context, first);
  },
};

async function collectFiles(source: DefinitionOf<"sitemap">, context: CollectContext, first: FetchedPage): Promise<CollectedSource> {
  const progress: Progress = {
    items: new Map(),
    waiting: [],
    known: new Set([source.url, first.finalUrl]),
    files: 0,
    wireBytes: 0,
    more: false,
    isCutOff: false,
  };
  await readFile(source, context, first, progress);
  await followIndex(source, context, progress);
  // Nothing but the index was read: what it gives is not known, which is no success with nothing in it.
  if (progress.files === 1 && progress.gone) throw progress.gone;
  const { items, files, wireBytes, more, isCutOff } = progress;
  const kept = [...items.values()].slice(0, context.maxItems);
  const truncated = more || items.size > kept.length;
  const about = { httpStatus: first.status, finalUrl: first.finalUrl, wireBytes, pages: files };
  return { ...about, items: kept, truncated, isWhole: !truncated && !isCutOff && !progress.gone, fieldFill: countFilledFields(kept) };
}

async function readFile({ config }: DefinitionOf<"sitemap">, context: CollectContext, page: FetchedPage, progress: Progress): Promise<void> {
  const parsed: ParsedSitemap = await context.parse("sitemap", { ...pageInput(page, context.maxItems), config }, context.signal);
  progress.files += 1;
  progress.wireBytes += page.wireBytes;
  progress.more ||= parsed.more;
  progress.isCutOff ||= parsed.isCutOff ?? false;
  for (const item of parsed.items) if (!progress.items.has(item.key)) progress.items.set(item.key, item);
  // What changed last is asked for first: the limits cut off what is old.
  for (const { url } of newestFirst(parsed.sitemaps)) {
    if (!progress.known.has(url)) progress.waiting.push(url);
    progress.known.add(url);
  }
}

async function followIndex(source: DefinitionOf<"sitemap">, context: CollectContext, progress: Progress): Promise<void> {
  for (let asked = 0; progress.waiting.length > 0; asked += 1) {
    if (progress.items.size > context.maxItems || asked >= source.config.maxSitemaps) {
      progress.more = true;
      return;
    }
    const page = await fetchNamed(progress, context);
    if (page) await readFile(source, context, page, progress);
  }
}

/** Indexes often name files that are gone. Nothing where this is one of them. */
async function fetchNamed(progress: Progress, { fetchPage, signal }: CollectContext): Promise<FetchedPage | undefined> {
  const url = progress.waiting.shift() ?? "";
  try {
    return await fetchPage(url, { signal });
  } catch (error) {
    if (!isMissing(error)) throw error;
    progress.gone = error;
    return undefined;
  }
}
