import type { SourceDefinition, SourceKind } from "@/domain/source";
import { originOf } from "@/domain/source-header";
import type { CollectContext, Collection, DefinitionOf } from "./collector";
import { createPageFetcher, type FetchLimits, type FetchPage, type Validators } from "./fetch-page";
import type { GuardPolicy } from "./guard-address";
import type { ResolveName } from "./guard-connect";
import { collectors } from "./registry";
import { createSandbox, type Parse, type SandboxOptions } from "./sandbox";

const DEFAULT_MAX_ITEMS = 5000;

export interface CollectorRuntimeOptions {
  policy: GuardPolicy;
  sandbox: SandboxOptions;
  userAgent: string;
  limits?: Partial<FetchLimits>;
  resolveName?: ResolveName;
}

export interface CollectOptions {
  signal: AbortSignal;
  validators?: Validators;
  /** Sent to the source's own origin only. */
  headers?: Record<string, string>;
  /** Default 5000. */
  maxItems?: number;
  /** Whose documents these are; the parsers serve groups in turn. */
  group?: string;
}

export interface CollectorRuntime {
  /** Collects one source. Throws CollectError, recognised by `isCollectError`; never anything else for what a site does. */
  collect(definition: SourceDefinition, options: CollectOptions): Promise<Collection>;
  close(): Promise<void>;
}

/** Everything that turns source definitions into items: one guarded fetcher and one pool of killable parsers, shared by all. */
export function createCollectorRuntime(options: CollectorRuntimeOptions): CollectorRuntime {
  const fetcher = createPageFetcher(options);
  const sandbox = createSandbox(options.sandbox);

  async function collect(definition: SourceDefinition, options: CollectOptions): Promise<Collection> {
    const { signal, validators, headers, maxItems = DEFAULT_MAX_ITEMS, group } = options;
    const parse: Parse = (task, input, taskSignal) => sandbox.run(task, input, taskSignal, group);
    const fetchPage = headers ? withHeaders(fetcher.fetchPage, definition.url, headers) : fetcher.fetchPage;
    return await dispatch(definition, { fetchPage, parse, signal, validators, maxItems });
  }

  async function close(): Promise<void> {
    await Promise.all([fetcher.close(), sandbox.close()]);
  }

  return { collect, close };
}

/** The address of a following page comes from the site, or from an expression that somebody typed: it may lead anywhere. */
function withHeaders(fetchPage: FetchPage, sourceUrl: string, headers: Record<string, string>): FetchPage {
  const own = originOf(sourceUrl);
  return (url, options) => fetchPage(url, URL.canParse(url) && originOf(url) === own ? { ...options, headers } : options);
}

function dispatch<K extends SourceKind>(definition: DefinitionOf<K>, context: CollectContext): Promise<Collection> {
  const kind: K = definition.kind;
  return collectors[kind].collect(definition, context);
}
