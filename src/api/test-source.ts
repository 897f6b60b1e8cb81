import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { findKnownKeys, findSourceTestResult, type SourceTestRequest, startSourceTest } from "@/db/source-tests";
import { type AddressCheckResult, addressCheckResultSchema } from "@/domain/address-check";
import { systemClock } from "@/domain/clock";
import { AppError } from "@/domain/errors";
import type { SourceDefinition } from "@/domain/source";
import { testLimitMs } from "@/domain/source-limits";
import { type SourceTestResult, sourceTestResultSchema } from "@/domain/source-test";
import { createBell } from "./bell";

/** Beyond what a test may take, for its way there and back. */
const SPARE_MS = 5_000;
/** Looks at least this often, should a notification be lost. */
const LOOK_AGAIN_MS = 1_000;

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

async function askWorker(
  db: Database,
  orgId: string,
  request: SourceTestRequest,
  { signal, giveUpMs }: { signal: AbortSignal | undefined; giveUpMs: number },
): Promise<unknown> {
  const testId = randomUUID();
  const bell = createBell();
  // Before the test is queued, so that no answer is too quick.
  const unsubscribe = db.listener.subscribe("source_test", (finishedId) => finishedId === testId && bell.ring());
  try {
    await db.withTenant(orgId, (tx) => startSourceTest(tx, db.keys, { orgId, testId }, request));
    const giveUpAt = systemClock.monotonicMs() + giveUpMs;
    while (!signal?.aborted && systemClock.monotonicMs() < giveUpAt) {
      await bell.wait(LOOK_AGAIN_MS, signal);
      const result = await db.withTenant(orgId, (tx) => findSourceTestResult(tx, orgId, testId));
      if (result) return result;
    }
  } finally {
    unsubscribe();
  }
  throw new AppError("unavailable", "No worker answered in time, so the source was not tested. Look at the System page, then try again.");
}
