import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectError, type CollectErrorDetails } from "@/collectors/collect-error";
import { MannersError } from "@/collectors/manners-error";
import { createDatabase, type Database } from "@/db/client";
import { reapRuns } from "@/db/reap-runs";
import { requestCancel } from "@/db/runs";
import type { Wait } from "@/db/transient";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { gives, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { lookAtRun, startRunOf } from "@/testing/started-run";
import { createRunExecutor } from "./execute-run";

const A = "https://a.example/";
const B = "https://b.example/";
const HALF = () => 0.5;
const NEVER = new AbortController().signal;

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  // One connection: whoever held it while waiting would stop everything else.
  db = createDatabase(server.connection, { poolSize: 1, log: silentLog });
  await db.listener.start();
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** Fails like this, attempt after attempt, and gives one item after that. */
function failing(...failures: CollectErrorDetails[]): Script {
  const rest = [...failures];
  return async () => {
    const failure = rest.shift();
    if (failure) throw new CollectError("http_status", "503 Not now. The next run tries again.", { httpStatus: 503, retryable: true, ...failure });
    return [{ key: "late", fields: {} }];
  };
}

interface Steps {
  limitMs?: number;
  /** Called at each wait, which ends when it has resolved. */
  onWait?: (at: { ms: number; orgId: string; userId: string; runId: string }) => Promise<void>;
  shutdown?: AbortSignal;
}

/** Carries out a run of these sources, without a queue. */
async function carryOut(scripts: Record<string, Script>, { limitMs, onWait, shutdown = NEVER }: Steps = {}) {
  const organization = await createOrganization(db, { urls: Object.keys(scripts) });
  const { orgId, userId } = organization;
  const runId = await startRunOf(db, organization, limitMs);
  const waits: number[] = [];
  const wait: Wait = async (ms, signal) => {
    waits.push(ms);
    if (onWait) await Promise.race([onWait({ ms, orgId, userId, runId }), aborted(signal)]);
  };
  const collectors = scriptedCollector(scripts);
  const execute = createRunExecutor({ db, log: silentLog, collectors, instanceId: randomUUID(), wait, random: HALF });
  await execute(runId, shutdown);
  return { run: await lookAtRun(db, orgId, runId), orgId, runId, waits, calls: collectors.calls };
}

function aborted(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener("abort", () => resolve());
  });
}

describe("a source that fails for a reason that may pass", () => {
  it("is tried again and succeeds in the same run", async () => {
    const { run, waits } = await carryOut({ [A]: failing({}, {}) });
    expect(waits).toEqual([2_000, 4_000]);
    expect(run).toMatchObject({ status: "succeeded", newCount: 1 });
    expect(run.sources[0]).toMatchObject({ status: "succeeded", attempts: 3, retryAt: null, message: null, errorCode: null });
  });

  it("fails after its third attempt and says how often it was tried", async () => {
    const { run, orgId, calls } = await carryOut({ [A]: failing({}, {}, {}), [B]: gives("1") });
    expect(calls.get(A)).toBe(3);
    expect(run).toMatchObject({ status: "partial" });
    expect(run.sources[0]).toMatchObject({
      ...{ status: "failed", attempts: 3, retryAt: null, errorCode: "http_status", httpStatus: 503 },
      message: "503 Not now. Retried 2 times. The next run tries again.",
    });
    const source = await db.system.source.findFirst({ where: { orgId, url: A } });
    expect(source).toMatchObject({ consecutiveFailures: 1, lastFailureMessage: "503 Not now. Retried 2 times. The next run tries again." });
  });

  it("is tried once where trying again would change nothing", async () => {
    const { run, calls, waits } = await carryOut({ [A]: failing({ retryable: false }) });
    expect(calls.get(A)).toBe(1);
    expect(waits).toEqual([]);
    expect(run.sources[0]).toMatchObject({ status: "failed", attempts: 1, message: "503 Not now. The next run tries again." });
  });

  it("is asked no sooner than its site wants", async () => {
    const { waits } = await carryOut({ [A]: failing({ retryAfterMs: 90_000 }) });
    expect(waits).toEqual([92_000]);
  });

  it("fails at once when its site wants to be left alone for longer than the run has", async () => {
    const { run, waits } = await carryOut({ [A]: failing({ retryAfterMs: 90_000 }) }, { limitMs: 60_000 });
    expect(waits).toEqual([]);
    expect(run.sources[0]?.message).toContain("Not retried; the run's time limit left no time to try again.");
  });

  it("says while it waits what happened and when it is tried again, and holds no connection", async () => {
    const seen: unknown[] = [];
    await carryOut({ [A]: failing({}) }, { onWait: async ({ orgId, runId }) => void seen.push(...(await lookAtRun(db, orgId, runId)).sources) });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ status: "fetching", attempts: 1, message: "503 Not now.", retryAt: expect.any(Date) });
  });
});

describe("a source whose collector throws what it should not", () => {
  const throwing =
    (error: Error): Script =>
    () =>
      Promise.reject(error);

  it("does not fail where it is what the database said of its site's turn: its run is let go of, and goes on later", async () => {
    const { run, orgId, runId } = await carryOut({ [A]: throwing(new MannersError(new Error("The database is away."))) });
    expect(run).toMatchObject({ status: "running", attempt: 1 });
    expect(run.sources[0]).toMatchObject({ status: "fetching", attempts: 1, errorCode: null });
    await db.withSystem((tx) => reapRuns(tx));
    expect(await lookAtRun(db, orgId, runId)).toMatchObject({ status: "queued", crashCount: 0 });
  });

  it("fails alone where it is an error of the collector itself (control)", async () => {
    const { run } = await carryOut({ [A]: throwing(new Error("A bug.")) });
    expect(run).toMatchObject({ status: "failed", attempt: 1 });
    expect(run.sources[0]).toMatchObject({ status: "failed", attempts: 1, errorCode: "internal" });
  });
});

describe("a source that waits for its next attempt", () => {
  it("stops waiting when the run is cancelled", async () => {
    const { run } = await carryOut(
      { [A]: failing({ retryAfterMs: 90_000 }) },
      {
        onWait: async ({ orgId, userId, runId }) => {
          await db.withTenant(orgId, (tx) => requestCancel(tx, orgId, runId, userId));
          await new Promise(() => {});
        },
      },
    );
    expect(run).toMatchObject({ status: "cancelled" });
    expect(run.sources[0]).toMatchObject({ status: "cancelled", attempts: 1, retryAt: null });
  });

  it("goes on waiting in the next worker when this one stops", async () => {
    const shutdown = new AbortController();
    const scripts = { [A]: failing({ retryAfterMs: 90_000 }) };
    const onWait = async () => {
      shutdown.abort();
      await new Promise(() => {});
    };
    const { run, orgId, runId } = await carryOut(scripts, { onWait, shutdown: shutdown.signal });
    expect(run).toMatchObject({ status: "queued", attempt: 0 });
    expect(run.sources[0]).toMatchObject({ status: "queued", attempts: 1, retryAt: expect.any(Date) });

    const waits: number[] = [];
    const next = createRunExecutor({
      ...{ db, log: silentLog, instanceId: randomUUID(), collectors: scriptedCollector(scripts) },
      wait: async (ms) => void waits.push(ms),
    });
    await next(runId, NEVER);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(60_000);
    const finished = await lookAtRun(db, orgId, runId);
    expect(finished).toMatchObject({ status: "succeeded", attempt: 1 });
    expect(finished.sources[0]).toMatchObject({ attempts: 2, retryAt: null });
  });
});
