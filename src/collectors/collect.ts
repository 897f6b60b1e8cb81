import type { SourceDefinition, SourceKind } from "@/domain/source";
import type { CollectContext, Collection, DefinitionOf } from "./collector";
import { createPageFetcher, type FetchLimits, type Validators } from "./fetch-page";
import type { GuardPolicy } from "./guard-address";
import { collectors } from "./registry";
import type { ResolveName } from "./resolve-name";
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

  async function collect(definition: SourceDefinition, { signal, validators, maxItems = DEFAULT_MAX_ITEMS, group }: CollectOptions): Promise<Collection> {
    const parse: Parse = (task, input, taskSignal) => sandbox.run(task, input, taskSignal, group);
    return await dispatch(definition, { fetchPage: fetcher.fetchPage, parse, signal, validators, maxItems });
  }

  async function close(): Promise<void> {
    await Promise.all([fetcher.close(), sandbox.close()]);
  }

  return { collect, close };
}

function dispatch<K extends SourceKind>(definition: DefinitionOf<K>, context: CollectContext): Promise<Collection> {
  const kind: K = definition.kind;
  return collectors[kind].collect(definition, context);
}
