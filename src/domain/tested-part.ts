import type { SourceDefinition } from "./source";

/**
 * What a test collects of a source: all of it, but where it pauses between its pages no more than the first two, since somebody waits for
 * the test and the others would not come in time.
 */
export function testedPart(definition: SourceDefinition): SourceDefinition {
  if (definition.config.limits?.pauseSeconds === undefined) return definition;
  // The index is the first page.
  if (definition.kind === "sitemap") return { ...definition, config: { ...definition.config, maxSitemaps: 1 } };
  if (definition.kind !== "json_api" || definition.config.pagination.type === "none") return definition;
  const { pagination } = definition.config;
  return { ...definition, config: { ...definition.config, pagination: { ...pagination, maxPages: Math.min(pagination.maxPages, 2) } } };
}
