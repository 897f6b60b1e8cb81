import type { CollectedItem } from "@/domain/item";
import type { SourceDefinition, SourceKind } from "@/domain/source";
import type { FetchPage, Validators } from "./fetch-page";
import type { Parse } from "./sandbox";

/** What a collector may use; everything comes in, so that nothing is reached behind the guard's back. */
export interface CollectContext {
  fetchPage: FetchPage;
  /** Runs a parser in a killable process. */
  parse: Parse;
  signal: AbortSignal;
  /** From the last collection of the same definition. */
  validators?: Validators;
  maxItems: number;
}

/** What one source gave. */
export interface Collection {
  /** `not_modified`: the site answered that nothing changed since the validators; there are no items then. */
  outcome: "collected" | "not_modified";
  /** The source's own title. */
  title?: string;
  /** Keys are unique within one collection. */
  items: CollectedItem[];
  /** To be given back at the next collection. */
  validators?: Validators;
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
}

export type DefinitionOf<K extends SourceKind> = Extract<SourceDefinition, { kind: K }>;

/** Turns one kind of source into items. Throws CollectError. */
export interface Collector<K extends SourceKind> {
  kind: K;
  collect(source: DefinitionOf<K>, context: CollectContext): Promise<Collection>;
}
