import type { InspectedAddress } from "@/collectors/collect";
import type { Collection } from "@/collectors/collector";
import type { FetchedPage } from "@/collectors/fetch-page";
import { type StepOut, stayIn, type Visitor } from "@/collectors/host-gate";
import type { RobotsWord } from "@/collectors/robots";
import type { Visit } from "@/collectors/visit";
import type { Lease } from "@/db/run-lease";
import type { PendingSource } from "@/db/run-sources";
import { recordFailed, recordRetry } from "@/db/source-attempts";
import type { OpenedHeaders } from "@/db/source-headers";
import { isRefusedData } from "@/db/sql-state";
import { systemClock } from "@/domain/clock";
import { describeGivingUp, describeWaiting, planRetry } from "@/domain/retry-plan";
import type { SourceDefinition } from "@/domain/source";
import { USUAL_LIMITS } from "@/domain/source-limits";
import { isTrusted, type Reading } from "@/domain/source-reading";
import type { Place } from "./collect-sources";
import { type FailedTry, failTry, refuseHeaders } from "./failed-try";
import { hashItems } from "./hash-items";
import type { WorkerObserver } from "./observer";
import type { RunWrites } from "./run-writes";
import { type TransactDeps, transactSql } from "./transact";
import type { WaitingNotes } from "./waiting-notes";

/** What the worker needs of the collectors. All of it throws CollectError; MannersError, where sites' turns or robots.txt files could not be had. */
export interface SourceCollector {
  /** Waits for the turn at the source's site. Absent where no site has any. */
  approach?(definition: SourceDefinition, visitor: Visitor): Promise<Visit>;
  collect(
    definition: SourceDefinition,
    options: {
      signal: AbortSignal;
      /** What the last collection left. */
      known?: Reading;
      /** Sent to the source's own origin only. */
      headers?: Record<string, string>;
      maxItems: number;
      /** Whose documents these are: the parsers serve one after the other, so that nobody's keep the others waiting. */
      group: string;
      visit?: Visit;
      /** Is told of each page that the site gave, before it is read. */
      onPage?: (url: string, page: FetchedPage) => void;
      /** Is told what robots.txt says of each address, before it is asked for. */
      onRobots?: (word: RobotsWord) => void;
    },
  ): Promise<Collection>;
  /** Finds out what is at an address. */
  inspect(url: string, options: { signal: AbortSignal; group: string }): Promise<InspectedAddress>;
}

export interface CollectDeps extends TransactDeps {
  collectors: SourceCollector;
  observe?: WorkerObserver;
  /** From 0 to below 1; Math.random by default. */
  random?: () => number;
}

/** The run that the source is collected for. */
interface RunContext {
  lease: Lease;
  /** Fires when the run must stop. */
  signal: AbortSignal;
  /** Until the run's time limit. */
  remainingMs(): number;
  place: Place;
  waiting: WaitingNotes;
  writes: RunWrites;
}

/**
 * Makes one attempt at a source of a run and stores its items and its outcome in one transaction: all of it or nothing. It begins when it is
 * the source's turn at its site. A source that fails fails alone. An interrupted source is left as it is; whoever ends or resumes the run
 * decides.
 * @param attempt 1 for the first in this run.
 * @returns How long to wait before the next attempt, in milliseconds; null when there is none to make.
 * @throws LeaseLostError, and what the database throws.
 */
export async function collectSource(deps: CollectDeps, run: RunContext, source: PendingSource, attempt: number): Promise<number | null> {
  const approached = await tryApproach(deps, run, source);
  const waitedMs = run.waiting.end(source.runSourceId);
  if (isInterrupted(approached)) return null;
  try {
    const opened = await run.writes.begin({ source, attempt, waitedMs });
    const failed = await collectAndStore(deps, run, source, { approached, opened });
    return failed === null || run.signal.aborted || isInterrupted(failed) ? null : await fail(deps, run, source, { ...failed, attempt });
  } finally {
    if ("visit" in approached) await approached.visit?.end();
  }
}

/** At the source's site, with its turn there. */
interface Approached {
  visit: Visit | undefined;
}

function isInterrupted(result: Approached | FailedTry): boolean {
  return "failure" in result && result.failure.code === "cancelled";
}

/** What an attempt begins with. */
interface Begun {
  approached: Approached | FailedTry;
  opened: OpenedHeaders;
}

/** Null when the source is collected. */
async function collectAndStore(deps: CollectDeps, run: RunContext, source: PendingSource, begun: Begun): Promise<FailedTry | null> {
  const result = await tryCollect(deps, run, source, begun);
  if ("failure" in result) return result;
  try {
    await store(deps, run, source, result);
    return null;
  } catch (error) {
    // A source whose items cannot be stored must not take the other sources of its run with it.
    if (!isRefusedData(error)) throw error;
    deps.log.error({ err: error, sourceId: source.sourceId }, "the database refuses what a source gave");
    const message = "The database refuses what this source gave. Nothing of it was stored. The server's log has the details.";
    return { failure: { code: "internal", message, httpStatus: result.httpStatus }, retryable: false };
  }
}

async function tryApproach(deps: CollectDeps, { lease, place, waiting }: RunContext, source: PendingSource): Promise<Approached | FailedTry> {
  // The visit outlives the approach: its later waits for a site belong to the attempt, which has begun by then.
  let isApproaching = true;
  const isSuspect = source.crashCount > 0;
  const stepOut: StepOut = (wait) => {
    if (isApproaching) waiting.begin(source.runSourceId);
    // A suspect is collected alone: from its beginning to its end no other may begin.
    return isSuspect && !isApproaching ? stayIn(wait) : place.stepOut(wait);
  };
  // One that has been let in waits for the place of the one that is collected, which may be led to the same site and must not wait for it.
  const visitor = { group: lease.orgId, signal: place.signal, stepOut, passesOthers: isSuspect };
  try {
    return { visit: await deps.collectors.approach?.(source.definition, visitor) };
  } catch (error) {
    return failTry(deps.log, error, source);
  } finally {
    isApproaching = false;
  }
}

async function tryCollect(
  deps: CollectDeps,
  { lease, signal }: RunContext,
  source: PendingSource,
  { approached, opened }: Begun,
): Promise<Collection | FailedTry> {
  if ("failure" in approached) return approached;
  if (!opened.ok) return refuseHeaders(deps.log, opened, source.sourceId);
  const { definition, reading } = source;
  const known = reading && isTrusted(reading, systemClock.now()) ? reading : undefined;
  const { headers } = opened;
  try {
    return await deps.collectors.collect(definition, { signal, known, headers, maxItems: USUAL_LIMITS.items, group: lease.orgId, visit: approached.visit });
  } catch (error) {
    return failTry(deps.log, error, source);
  }
}

async function fail(deps: CollectDeps, run: RunContext, source: PendingSource, tried: FailedTry & { attempt: number }): Promise<number | null> {
  const { failure, attempt } = tried;
  const plan = planRetry({ ...tried, remainingMs: run.remainingMs(), random: (deps.random ?? Math.random)() });
  if (plan.kind === "retry") {
    const waiting = { ...failure, message: describeWaiting(failure.message), waitMs: plan.waitMs };
    await transactSql(deps, (tx) => recordRetry(tx, run.lease, source, waiting));
    return plan.waitMs;
  }
  const message = describeGivingUp(failure.message, { attempt, noTime: plan.noTime });
  await transactSql(deps, (tx) => recordFailed(tx, run.lease, source, { ...failure, message }));
  deps.observe?.sourceEnded("failed");
  return null;
}

async function store(deps: CollectDeps, { place, writes }: RunContext, source: PendingSource, collection: Collection): Promise<void> {
  const { outcome, isWhole, httpStatus, wireBytes, reading, truncated } = collection;
  const items = await hashItems(collection.items);
  const status = outcome === "not_modified" ? "not_modified" : "succeeded";
  const message = truncated ? `There was more than could be taken at once: ${items.length} items were kept.` : null;
  const stored = writes.store({ source, status, items, isWhole, httpStatus, wireBytes, reading, message });
  // The next one begins in the transaction that stores this one. A suspect is alone until it is stored.
  if (source.crashCount === 0) place.leave();
  await stored;
  deps.observe?.sourceEnded(status);
}
