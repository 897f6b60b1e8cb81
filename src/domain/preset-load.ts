import { z } from "zod";
import { jsonApiConfigSchema, type SourceKind } from "./source";

/** What one run of a preset asks of the web. */
export const presetLoadSchema = z.object({
  /** Sources that are collected: those that are switched on. */
  sourceCount: z.int(),
  /** Sites that they are on. */
  hostCount: z.int(),
  /** Requests of one run in which nothing has to be tried again. */
  requestCount: z.int(),
  /** Some sources have or may have pages, and each further page is a request more. */
  isLeast: z.boolean(),
});
export type PresetLoad = z.infer<typeof presetLoadSchema>;

interface CollectedSource {
  kind: SourceKind;
  url: string;
  /** As it is stored. */
  config: unknown;
  enabled: boolean;
}

/** Counts what a run of these sources asks for. How many pages a source has, only its site knows: the first one is counted. */
export function presetLoad(sources: readonly CollectedSource[]): PresetLoad {
  const collected = sources.filter(({ enabled }) => enabled);
  return {
    sourceCount: collected.length,
    hostCount: new Set(collected.map(({ url }) => new URL(url).host)).size,
    requestCount: collected.length,
    isLeast: collected.some(hasPages),
  };
}

function hasPages({ kind, config }: CollectedSource): boolean {
  // An index of sitemaps is read first, and then each of them.
  if (kind === "sitemap") return true;
  if (kind !== "json_api") return false;
  const read = jsonApiConfigSchema.safeParse(config);
  return read.success && read.data.pagination.type !== "none";
}
