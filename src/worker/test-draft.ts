import { findDraftMessage } from "@/db/draft-tests";
import { finishSourceTest } from "@/db/source-tests";
import { attempt, type SendDeps } from "./send-messages";
import { transact } from "./transact";

/** Sends a test message with the values on a person's screen, once and at once. Stores nothing but what came of it. Rejects when `shutdown` is aborted. */
export async function testDraft(deps: SendDeps, testId: string, shutdown: AbortSignal): Promise<void> {
  const message = await transact(deps, (tx) => findDraftMessage(tx, deps.db.keys, testId));
  if (!message) return;
  const { ok, httpStatus, answer, error, durationMs } = await attempt(deps, message, shutdown);
  await transact(deps, (tx) => finishSourceTest(tx, testId, { ok, httpStatus, answer, error, durationMs: Math.round(durationMs) }));
}
