import type { CollectedItem } from "@/domain/item";
import type { Pace } from "@/domain/pace";
import type { SourceDefinition, SourceKind } from "@/domain/source";
import type { Reading } from "@/domain/source-reading";
import type { FetchPage } from "./fetch-page";
import type { Parse } from "./sandbox";

/** What a collector may use; everything comes in, so that nothing is reached behind the guard's back. */
export interface CollectContext {
  fetchPage: FetchPage;
  /** Runs a parser in a killable process. */
  parse: Parse;
  signal: AbortSignal;
  maxItems: number;
}

/** What a collector makes of a source. */
export interface CollectedSource {
  /** The source's own title. */
  title?: string;
  /** Keys are unique within one collection. */
  items: CollectedItem[];
  httpStatus: number;
  /** Bytes over the network, all pages together. */
  wireBytes: number;
  finalUrl: string;
  /** Pages fetched. */
  pages: number;
  /** True when there was more than `maxItems` or the page limit let through. */
  truncated: boolean;
  /** Nothing that belongs to the source's list is known to be missing: neither was it cut off nor did a page of it fail. */
  isWhole: boolean;
  /** Per field, how many items have a value for it. A field that suddenly falls to 0 tells that the site changed its layout. */
  fieldFill: Record<string, number>;
  /** What the document says of how often it wants to be read. */
  pace?: Pace;
}

/** What one source gave. */
export interface Collection extends Omit<CollectedSource, "pace"> {
  /** `not_modified`: nothing changed since the reading that was known; there are no items then. */
  outcome: "collected" | "not_modified";
  /** To be given back at the next collection. */
  reading: Reading;
}

export type DefinitionOf<K extends SourceKind> = Extract<SourceDefinition, { kind: K }>;

/** Turns one kind of source into items. Throws CollectError. */
export interface Collector<K extends SourceKind> {
  kind: K;
  /** The types of document that sites are asked for. */
  accept: string;
  collect(source: DefinitionOf<K>, context: CollectContext): Promise<CollectedSource>;
}
