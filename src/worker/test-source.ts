import { isCollectError } from "@/collectors/collect-error";
import type { Collection } from "@/collectors/collector";
import type { FetchedPage } from "@/collectors/fetch-page";
import type { RobotsWord } from "@/collectors/robots";
import type { RefusedHeaders } from "@/db/source-headers";
import { findPendingTest, finishSourceTest } from "@/db/source-tests";
import { type AddressCheckResult, addressCheckSchema } from "@/domain/address-check";
import { type SourceDefinition, sourceDefinitionSchema } from "@/domain/source";
import { type SourceLimits, testLimitMs } from "@/domain/source-limits";
import type { SourceTestResult } from "@/domain/source-test";
import { testedPart } from "@/domain/tested-part";
import { blotOut } from "./blot-out";
import type { CollectDeps } from "./collect-source";
import { describeExchange } from "./test-exchange";
import { transact } from "./transact";

const SHOWN_ITEMS = 10;
const COLLECTED_ITEMS = 1_000;
const TOO_LONG =
  "The test took too long: the site answers slowly, or others are being served. Sites are asked for one page at a time. Nothing was collected. Try again in a moment.";

/**
 * Carries out a "Test source" or a check of an address: collects with the definition on the person's screen, or finds out what is there. Stores
 * nothing but the result. Takes as long as `testLimitMs` says at most; `limitMs` says otherwise.
 */
export async function testSource(deps: CollectDeps, testId: string, limitMs?: number): Promise<void> {
  const pending = await transact(deps, (tx) => findPendingTest(tx, deps.db.keys, testId));
  if (!pending) return;
  const { definition, headers: opened } = pending;
  const optionsFor = (limits?: SourceLimits) => ({ group: testId, signal: AbortSignal.timeout(limitMs ?? testLimitMs(limits)) });
  const check = addressCheckSchema.safeParse(definition);
  if (check.success) {
    const checked = await checkAddress(deps, check.data.url, optionsFor());
    return transact(deps, (tx) => finishSourceTest(tx, testId, checked));
  }
  const tested = sourceDefinitionSchema.parse(definition);
  const collect = (headers: Headers) => collectForTest(deps, testedPart(tested), { ...optionsFor(tested.config.limits), headers });
  const result = opened.ok ? blotOut(await collect(opened.headers), opened.headers) : refuseHeaders(deps, opened);
  await transact(deps, (tx) => finishSourceTest(tx, testId, result));
}

function refuseHeaders({ log }: CollectDeps, { code, message, reason }: RefusedHeaders): SourceTestResult {
  log.error({ reason }, "a source cannot be tested with its headers");
  return { ok: false, code, message, httpStatus: null, exchange: null, robots: null };
}

type Headers = Record<string, string>;

interface CheckOptions {
  group: string;
  signal: AbortSignal;
}

interface TestOptions extends CheckOptions {
  headers: Headers;
}

async function checkAddress(deps: CollectDeps, url: string, options: CheckOptions): Promise<AddressCheckResult> {
  try {
    const { title = null, finalUrl, suggestions } = await deps.collectors.inspect(url, options);
    return { ok: true, title, finalUrl, suggestions };
  } catch (error) {
    if (options.signal.aborted) return { ok: false, message: TOO_LONG };
    if (isCollectError(error)) return { ok: false, message: error.message };
    deps.log.error({ err: error }, "an address was inspected in a way that failed");
    return { ok: false, message: "Milkrun could not check this address because of an error of its own. The server's log has the details." };
  }
}

async function collectForTest(deps: CollectDeps, definition: SourceDefinition, options: TestOptions): Promise<SourceTestResult> {
  const { signal, headers } = options;
  const started = performance.now();
  const seen: Pick<SourceTestResult, "exchange" | "robots"> = { exchange: null, robots: null };
  const onPage = (url: string, page: FetchedPage) => {
    seen.exchange ??= describeExchange(url, page, Object.keys(headers));
  };
  const onRobots = (word: RobotsWord) => {
    seen.robots ??= word;
  };
  const refuse = (code: string, message: string, httpStatus: number | null = null) => ({ ok: false, code, message, httpStatus, ...seen }) as const;
  try {
    const collection = await deps.collectors.collect(definition, { ...options, onPage, onRobots, maxItems: COLLECTED_ITEMS });
    return { ...describe(collection, Math.round(performance.now() - started)), ...seen };
  } catch (error) {
    if (signal.aborted) return refuse("timeout", TOO_LONG);
    if (isCollectError(error)) return refuse(error.code, error.message, error.httpStatus ?? seen.exchange?.status);
    deps.log.error({ err: error }, "a collector failed in a way it should not");
    return refuse("internal", "Milkrun could not test this source because of an error of its own. The server's log has the details.");
  }
}

function describe(collection: Collection, durationMs: number): Omit<Extract<SourceTestResult, { ok: true }>, "exchange" | "robots"> {
  return {
    ok: true,
    title: collection.title ?? null,
    httpStatus: collection.httpStatus,
    finalUrl: collection.finalUrl,
    wireBytes: collection.wireBytes,
    durationMs,
    itemCount: collection.items.length,
    isCut: collection.truncated,
    items: collection.items.slice(0, SHOWN_ITEMS).map((item) => ({
      key: item.key,
      title: item.title ?? null,
      url: item.url ?? null,
      publishedAt: item.publishedAt?.toISOString() ?? null,
      fields: item.fields,
      isKnown: null,
    })),
  };
}
