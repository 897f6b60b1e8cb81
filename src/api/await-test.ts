import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { findSourceTestResult } from "@/db/source-tests";
import { systemClock } from "@/domain/clock";
import { AppError } from "@/domain/errors";
import { createBell } from "./bell";

/** Looks at least this often, should a notification be lost. */
const LOOK_AGAIN_MS = 1_000;

interface AwaitOptions {
  orgId: string;
  /** Queues the test under this id. */
  start: (testId: string) => Promise<void>;
  signal: AbortSignal | undefined;
  giveUpMs: number;
  /** What is said when no worker answered in time. */
  unanswered: string;
}

/**
 * Has a worker carry out a test and waits for what comes of it: whatever leaves this machine goes through the worker, so that one place guards
 * the network.
 * @throws AppError `unavailable` after `giveUpMs` without an answer, and when the signal is aborted; whatever `start` throws.
 */
export async function awaitTest(db: Database, { orgId, start, signal, giveUpMs, unanswered }: AwaitOptions): Promise<unknown> {
  const testId = randomUUID();
  const bell = createBell();
  // Before the test is queued, so that no answer is too quick.
  const unsubscribe = db.listener.subscribe("source_test", (finishedId) => finishedId === testId && bell.ring());
  try {
    await start(testId);
    const giveUpAt = systemClock.monotonicMs() + giveUpMs;
    while (!signal?.aborted && systemClock.monotonicMs() < giveUpAt) {
      await bell.wait(LOOK_AGAIN_MS, signal);
      const result = await db.withTenant(orgId, (tx) => findSourceTestResult(tx, orgId, testId));
      if (result) return result;
    }
  } finally {
    unsubscribe();
  }
  throw new AppError("unavailable", unanswered);
}
