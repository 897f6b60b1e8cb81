import type { Pace } from "@/domain/pace";
import type { SourceDefinition, SourceKind } from "@/domain/source";
import type { Reading } from "@/domain/source-reading";
import { pageInput } from "./collection";
import type { CollectContext, CollectedSource, Collection, DefinitionOf } from "./collector";
import { sha256 } from "./content-hash";
import { createPageFetcher, type FetchedPage, type FetchLimits } from "./fetch-page";
import { createAddressGuard, type GuardPolicy } from "./guard-address";
import { stayIn, type Visitor } from "./host-gate";
import type { InspectedPage } from "./inspect-page";
import { tellMannersErrors } from "./manners-error";
import { createPageMemory } from "./page-memory";
import { createApproach, type Manners } from "./politeness";
import { collectors } from "./registry";
import type { ResolveName } from "./resolve-name";
import { revisit } from "./revisit";
import type { RobotsWord } from "./robots";
import { createSandbox, type Parse, type SandboxOptions } from "./sandbox";
import { createSourceFetcher, requestMsOf } from "./source-fetcher";
import { createVisit, type Visit } from "./visit";

const DEFAULT_MAX_ITEMS = 5000;
/** Enough to say how much there is at an address. */
const INSPECTED_ITEMS = 1000;

export interface CollectorRuntimeOptions {
  policy: GuardPolicy;
  sandbox: SandboxOptions;
  userAgent: string;
  limits?: Partial<FetchLimits>;
  resolveName?: ResolveName;
  manners: Manners;
}

export interface CollectOptions {
  signal: AbortSignal;
  /** What the last collection left. Without it, and where it is of another definition, the source is read as if for the first time. */
  known?: Reading;
  /** Sent to the source's own origin only. */
  headers?: Record<string, string>;
  /** Default 5000. The source may want fewer. */
  maxItems?: number;
  /** Whose documents these are; the parsers and the sites serve groups in turn. */
  group?: string;
  /** Is told of each page that the site gave, before it is read. */
  onPage?: (url: string, page: FetchedPage) => void;
  /** Is told what robots.txt says of each address, before it is asked for. */
  onRobots?: (word: RobotsWord) => void;
  /** From `approach`, for the same definition. Without one, the first turn is waited for here. */
  visit?: Visit;
}

export interface CollectorRuntime {
  /**
   * Waits until the source's site may be asked, so that nothing is begun that cannot go on. The caller ends the visit.
   * @throws CollectError `asked_to_wait`, `cancelled`; MannersError
   */
  approach(definition: SourceDefinition, visitor: Visitor): Promise<Visit>;
  /**
   * Collects one source. Throws CollectError, recognised by `isCollectError`; never anything else for what a site does. MannersError, where its
   * manners failed.
   */
  collect(definition: SourceDefinition, options: CollectOptions): Promise<Collection>;
  /** Finds out what is at an address, and what sources could be made of it. Throws as `collect` does. */
  inspect(url: string, options: Pick<CollectOptions, "signal" | "group">): Promise<InspectedAddress>;
  close(): Promise<void>;
}

export interface InspectedAddress extends InspectedPage {
  /** After redirects. */
  finalUrl: string;
}

/** Everything that turns source definitions into items: one guarded fetcher and one pool of killable parsers, shared by all. */
export function createCollectorRuntime(options: CollectorRuntimeOptions): CollectorRuntime {
  const { userAgent } = options;
  const manners = tellMannersErrors(options.manners);
  const { judgeUrl, isOperators } = createAddressGuard(options.policy);
  const fetcher = createPageFetcher({ ...options, approach: (url, visit) => approachUrl(url, visit) });
  const approachUrl = createApproach({ ...manners, isExempt: isOperators, fetchPage: fetcher.fetchPage });
  const sandbox = createSandbox(options.sandbox);

  async function approach(definition: SourceDefinition, visitor: Visitor): Promise<Visit> {
    const { url: text, config } = definition;
    const visit = createVisit(manners.gate, config.ignoreRobots ?? false, { ...visitor, requestMs: requestMsOf(definition) });
    const url = URL.canParse(text) ? new URL(text) : undefined;
    // What is blocked is not asked for, which the fetcher says better.
    if (url && judgeUrl(url).allowed && !isOperators(url)) await visit.hold(url);
    return visit;
  }

  async function collect(definition: SourceDefinition, options: CollectOptions): Promise<Collection> {
    const { signal, known, group = "" } = options;
    const maxItems = Math.min(options.maxItems ?? DEFAULT_MAX_ITEMS, definition.config.limits?.items ?? Number.POSITIVE_INFINITY);
    const visit = options.visit ?? (await approach(definition, { group, signal, stepOut: stayIn }));
    const fetchPage = createSourceFetcher(fetcher.fetchPage, definition, { ...options, visit });
    const parse: Parse = (task, input, taskSignal) => sandbox.run(task, input, taskSignal, group);
    const readAs = readingOf(userAgent, definition);
    const context = { fetchPage, parse, signal, maxItems };
    return await (known?.readAs === readAs ? collectAgain(definition, context, known) : collectAnew(definition, context, readAs)).finally(visit.end);
  }

  async function inspect(url: string, { signal, group = "" }: Pick<CollectOptions, "signal" | "group">): Promise<InspectedAddress> {
    const visit = await approach({ kind: "feed", name: url, url, config: {} }, { group, signal, stepOut: stayIn });
    try {
      const page = await fetcher.fetchPage(url, { signal, visit });
      return { finalUrl: page.finalUrl, ...(await sandbox.run("inspect", pageInput(page, INSPECTED_ITEMS), signal, group)) };
    } finally {
      await visit.end();
    }
  }

  async function close(): Promise<void> {
    await Promise.all([fetcher.close(), sandbox.close()]);
  }

  return { approach, collect, inspect, close };
}

/** Reads the source only where something of it changed. */
async function collectAgain(definition: SourceDefinition, context: CollectContext, known: Reading): Promise<Collection> {
  const revisited = await revisit(known.pages ?? [], context.fetchPage, context.signal);
  if (!revisited.isUnchanged) return collectAnew(definition, context, known.readAs, revisited.fetched);
  const { first, pages, wireBytes } = revisited;
  const reading = { readAs: known.readAs, pages, pace: { ...known.pace, ...paceOf(first) } };
  const about = { httpStatus: first.status, finalUrl: first.finalUrl, wireBytes, pages: pages.length, truncated: false, isWhole: false };
  return { ...about, outcome: "not_modified", reading, items: [], fieldFill: {} };
}

async function collectAnew(
  definition: SourceDefinition,
  context: CollectContext,
  readAs: string,
  fetched = new Map<string, FetchedPage>(),
): Promise<Collection> {
  const memory = createPageMemory(context.fetchPage, fetched);
  const { pace, ...collected } = await dispatch(definition, { ...context, fetchPage: memory.fetchPage });
  const reading = { readAs, pages: memory.pages(), pace: { ...pace, ...paceOf({ freshForMs: memory.freshForMs() }) } };
  return { ...collected, outcome: "collected", reading };
}

function paceOf({ freshForMs }: Pick<FetchedPage, "freshForMs">): Pace {
  return freshForMs === undefined ? {} : { answerMs: freshForMs };
}

/** Tells readings apart: sites answer by who asks, and a definition or another version of Milkrun makes other items of the same bytes. */
function readingOf(userAgent: string, { kind, url, config }: SourceDefinition): string {
  return sha256(JSON.stringify([userAgent, kind, url, { ...config, everyRun: undefined }]));
}

function dispatch<K extends SourceKind>(definition: DefinitionOf<K>, context: CollectContext): Promise<CollectedSource> {
  const kind: K = definition.kind;
  return collectors[kind].collect(definition, context);
}
