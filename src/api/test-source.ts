import type { Database } from "@/db/client";
import { findKnownKeys, type SourceTestRequest, startSourceTest } from "@/db/source-tests";
import { type AddressCheckResult, addressCheckResultSchema } from "@/domain/address-check";
import type { SourceDefinition } from "@/domain/source";
import { testLimitMs } from "@/domain/source-limits";
import { type SourceTestResult, sourceTestResultSchema } from "@/domain/source-test";
import { awaitTest } from "./await-test";

/** Beyond what a test may take, for its way there and back. */
const SPARE_MS = 5_000;

/**
 * Has a worker collect this definition once, storing nothing, and waits for what it finds: every fetch goes through the
 * worker, so that one place guards the network.
 * @throws AppError `rate_limited` when several are going, `validation` at a header whose value has to be entered, `unavailable` 5 seconds after the longest that the test may take.
 */
export async function testSource(
  db: Database,
  orgId: string,
  request: SourceTestRequest & { definition: SourceDefinition },
  signal?: AbortSignal,
  giveUpMs = testLimitMs(request.definition.config.limits) + SPARE_MS,
): Promise<SourceTestResult> {
  const result = sourceTestResultSchema.parse(await askWorker(db, orgId, request, { signal, giveUpMs }));
  const { sourceId } = request;
  if (!result.ok || sourceId === undefined) return result;
  const keys = result.items.map(({ key }) => key);
  const known = await db.withTenant(orgId, (tx) => findKnownKeys(tx, orgId, sourceId, keys));
  return { ...result, items: result.items.map((item) => ({ ...item, isKnown: known.has(item.key) })) };
}

/**
 * Has a worker find out what is at an address, as `testSource` does.
 * @throws AppError `rate_limited`, `unavailable`
 */
export async function checkAddress(db: Database, orgId: string, url: string, signal?: AbortSignal): Promise<AddressCheckResult> {
  const definition = { kind: "check", url } as const;
  return addressCheckResultSchema.parse(await askWorker(db, orgId, { definition }, { signal, giveUpMs: testLimitMs() + SPARE_MS }));
}

function askWorker(
  db: Database,
  orgId: string,
  request: SourceTestRequest,
  { signal, giveUpMs }: { signal: AbortSignal | undefined; giveUpMs: number },
): Promise<unknown> {
  const start = (testId: string) => db.withTenant(orgId, (tx) => startSourceTest(tx, db.keys, { orgId, testId }, request));
  const unanswered = "No worker answered in time, so the source was not tested. Look at the System page, then try again.";
  return awaitTest(db, { orgId, start, signal, giveUpMs, unanswered });
}
