import { isCollectError } from "@/collectors/collect-error";
import type { Collection } from "@/collectors/collector";
import { contentHash } from "@/collectors/content-hash";
import type { Database } from "@/db/client";
import { saveItems } from "@/db/collected-items";
import { holdLease, type Lease } from "@/db/run-lease";
import { type FailedOutcome, markFetching, type PendingSource, recordCollected, recordFailed } from "@/db/run-sources";
import type { SourceDefinition } from "@/domain/source";
import type { Logger } from "@/log/logger";

/** What the worker needs of the collectors. */
export interface SourceCollector {
  collect(
    definition: SourceDefinition,
    options: { signal: AbortSignal; validators?: { etag?: string; lastModified?: string }; maxItems: number },
  ): Promise<Collection>;
}

/** Items kept of one source in one run. */
export const MAX_ITEMS = 10_000;

export interface CollectDeps {
  db: Database;
  log: Logger;
  collectors: SourceCollector;
}

const NO_ITEMS = { newCount: 0, changedCount: 0, unchangedCount: 0 };

/**
 * Collects one source of a run and stores its items and its outcome in one transaction: all of it or nothing. A source that fails
 * fails alone. An interrupted source is left as it is; whoever ends or resumes the run decides.
 * @throws LeaseLostError, and what the database throws.
 */
export async function collectSource(deps: CollectDeps, lease: Lease, source: PendingSource, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await deps.db.withSystem((tx) => markFetching(tx, lease, source));
  const collection = await tryCollect(deps, source, signal);
  if ("failure" in collection) {
    if (!signal.aborted) await deps.db.withSystem((tx) => recordFailed(tx, lease, source, collection.failure));
    return;
  }
  await store(deps.db, lease, source, collection);
}

async function tryCollect(deps: CollectDeps, source: PendingSource, signal: AbortSignal): Promise<Collection | { failure: FailedOutcome }> {
  try {
    return await deps.collectors.collect(source.definition, { signal, validators: source.validators, maxItems: MAX_ITEMS });
  } catch (error) {
    return { failure: describeFailure(deps.log, error, source) };
  }
}

function describeFailure(log: Logger, error: unknown, source: PendingSource): FailedOutcome {
  if (isCollectError(error)) return { code: error.code, message: error.message, httpStatus: error.httpStatus ?? null };
  log.error({ err: error, sourceId: source.sourceId }, "a collector failed in a way it should not");
  return {
    code: "internal",
    message: "Milkrun could not read this source because of an error of its own. Nothing of it was stored. The server's log has the details.",
    httpStatus: null,
  };
}

async function store(db: Database, lease: Lease, source: PendingSource, collection: Collection): Promise<void> {
  const items = collection.items.map((item) => ({ ...item, contentHash: contentHash(item) }));
  await db.withSystem(async (tx) => {
    await holdLease(tx, lease);
    const counts = items.length > 0 ? await saveItems(tx, lease, source.sourceId, items) : NO_ITEMS;
    await recordCollected(tx, lease, source, {
      status: collection.outcome === "not_modified" ? "not_modified" : "succeeded",
      counts,
      httpStatus: collection.httpStatus,
      wireBytes: collection.wireBytes,
      validators: collection.validators ?? {},
      message: collection.truncated ? `There was more than could be taken at once: ${items.length} items were kept.` : null,
    });
  });
}
