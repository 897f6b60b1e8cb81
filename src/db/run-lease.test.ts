import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { NO_READING } from "@/testing/scripted-collection";
import { startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import type { Database } from "./client";
import { saveItems } from "./collected-items";
import { reapRuns } from "./reap-runs";
import { finishRun, handBackRun, holdLease, type Lease, lookAtLeases, releaseLease, renewLease, renewLeases, takeRun } from "./run-lease";
import { failQuarantined, listPendingSources, type PendingSource, snapshotSources } from "./run-sources";
import { recordFailed, recordProgress, recordRetry } from "./source-attempts";
import type { Tx } from "./transaction";
import { isTransient } from "./transient";

let db: Database;
let frozen: Lease;
let current: Lease;
let source: PendingSource;

ownDatabase((own) => {
  db = own.db;
});

/** Takes a run, loses it for longer than the lease lasts, and somebody else takes it. */
async function loseRun() {
  await db.system.run.deleteMany();
  const organization = await createOrganization(db);
  const { orgId, presetId, sourceIds } = organization;
  const runId = await startRunOf(db, organization);
  frozen = await take(orgId, runId);
  source = await begin(frozen, presetId);
  await db.system.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });
  expect(await db.withSystem((tx) => reapRuns(tx))).toEqual({ resumed: 1, abandoned: 0 });
  current = await take(orgId, runId);
  await begin(current, presetId);
  await db.system.source.update({ where: { id: sourceIds[0] }, data: { quarantinedAt: new Date(), crashCount: 3 } });
}

async function take(orgId: string, runId: string): Promise<Lease> {
  const lease = { orgId, runId, token: randomUUID() };
  const run = await db.withSystem((tx) => takeRun(tx, runId, { workerId: randomUUID(), token: lease.token }));
  expect(run).not.toBeNull();
  return lease;
}

async function begin(lease: Lease, presetId: string): Promise<PendingSource> {
  return db.withSystem(async (tx) => {
    await snapshotSources(tx, lease, presetId);
    const [first] = await listPendingSources(tx, lease);
    if (!first) throw new Error("The run has no source.");
    await recordProgress(tx, lease, { begun: [{ source: first, attempt: 1, waitedMs: 0 }] });
    return first;
  });
}

/** Everything that a worker could change. */
async function everything() {
  const { runId, orgId } = current;
  return {
    run: await db.system.run.findUnique({ where: { id: runId }, include: { sources: true } }),
    sources: await db.system.source.findMany({ where: { orgId } }),
    items: await db.system.item.findMany({ where: { orgId } }),
    log: await db.system.runEvent.findMany({ where: { orgId } }),
  };
}

const failure = { code: "timeout", message: "It took too long.", httpStatus: null };
const collected = { status: "succeeded", httpStatus: 200, wireBytes: 1, reading: NO_READING, message: null } as const;

async function store(tx: Tx, lease: Lease) {
  await holdLease(tx, lease);
  const counts = await saveItems(tx, lease, source.sourceId, [{ key: "late", fields: {}, contentHash: "a" }]);
  await recordProgress(tx, lease, { collected: [{ source, ...collected, counts }] });
}

async function beginAnother(tx: Tx, lease: Lease) {
  await holdLease(tx, lease);
  await recordProgress(tx, lease, { begun: [{ source, attempt: 2, waitedMs: 0 }] });
}

const writes: [string, (tx: Tx, lease: Lease) => Promise<unknown>][] = [
  ["renew the lease", renewLease],
  ["write down the sources", (tx, lease) => snapshotSources(tx, lease, null)],
  ["fail quarantined sources", failQuarantined],
  ["begin an attempt", beginAnother],
  ["put an attempt off", (tx, lease) => recordRetry(tx, lease, source, { ...failure, waitMs: 1_000 })],
  ["record a failure", (tx, lease) => recordFailed(tx, lease, source, failure)],
  ["store items", store],
  ["end the run", (tx, lease) => finishRun(tx, lease, { status: "succeeded", message: null })],
  ["hand the run back", handBackRun],
];

describe("a worker that stood still for longer than its lease", () => {
  beforeAll(loseRun);

  it.each(writes)("cannot %s", async (_, write) => {
    const before = await everything();
    await expect(db.withSystem((tx) => write(tx, frozen))).rejects.toMatchObject({ name: "LeaseLostError" });
    expect(await everything()).toEqual(before);
  });

  it("cannot let go of the run or take it back either", async () => {
    const before = await everything();
    await db.withSystem((tx) => releaseLease(tx, frozen));
    expect(await db.withSystem((tx) => takeRun(tx, frozen.runId, { workerId: randomUUID(), token: frozen.token }))).toBeNull();
    expect(await everything()).toEqual(before);
  });

  it.each(writes)("control: whoever holds the run can %s", async (_, write) => {
    const undo = new Error("Leave it as it is for the other tests.");
    const writing = db.withSystem(async (tx) => {
      await write(tx, current);
      throw undo;
    });
    await expect(writing).rejects.toBe(undo);
  });

  it("control: whoever holds the run can take it once more, because the answer got lost, in the same attempt", async () => {
    const again = await db.withSystem((tx) => takeRun(tx, current.runId, { workerId: randomUUID(), token: current.token }));
    expect(again).toMatchObject({ id: current.runId, attempt: 2 });
  });
});

describe("the leases of a process, however many runs it holds,", () => {
  beforeAll(loseRun);

  const look = (leases: Lease[]) => db.withSystem((tx) => lookAtLeases(tx, leases));
  const renew = (leases: Lease[]) => db.withSystem((tx) => renewLeases(tx, leases));

  it("are looked at together: those that are lost are not among what is found", async () => {
    expect(await look([frozen, current])).toEqual([{ runId: current.runId, cancelRequested: false, isToRenew: false }]);
    expect(await look([frozen])).toEqual([]);
  });

  it("are to be renewed after a quarter of a minute, and at once after notice, and renewed are not", async () => {
    const remaining = async (ms: number) => {
      await db.system.$executeRaw`update run set lease_expires_at = clock_timestamp() + ${ms} * interval '1 millisecond' where id = ${current.runId}::uuid`;
      return (await look([current])).map(({ isToRenew }) => isToRenew);
    };
    expect(await remaining(50_000)).toEqual([false]);
    expect(await remaining(44_000)).toEqual([true]);
    expect(await remaining(4_000)).toEqual([true]);
    expect(await renew([frozen, current])).toEqual([current.runId]);
    expect(await look([current])).toMatchObject([{ isToRenew: false }]);
  });

  it("are renewed without those whose runs are being written to, which keep nobody waiting", async () => {
    await db.withSystem(async (tx) => {
      await holdLease(tx, current);
      expect(await renew([current])).toEqual([]);
    });
    expect(await renew([current])).toEqual([current.runId]);
  });

  it("tell that somebody wants the run to stop", async () => {
    await db.system.run.update({ where: { id: current.runId }, data: { cancelRequestedAt: new Date() } });
    expect(await look([current])).toMatchObject([{ cancelRequested: true }]);
  });
});

describe("a process that stands still in the middle of storing something", () => {
  beforeAll(loseRun);

  it("keeps its run from others until the server ends its transaction", async () => {
    await db.system.run.update({ where: { id: current.runId }, data: { attempt: 1, leaseExpiresAt: new Date(0) } });
    const error = await db
      .withSystem(async (tx) => {
        await holdLease(tx, current);
        expect(await db.withSystem((other) => reapRuns(other))).toEqual({ resumed: 0, abandoned: 0 });
        await tx.$executeRaw`select set_config('idle_in_transaction_session_timeout', '200', true)`;
        await until(
          db,
          () => db.withSystem((other) => reapRuns(other)),
          ({ resumed }) => resumed === 1,
        );
        await tx.run.findMany();
      })
      .catch((cause: unknown) => cause);
    expect(isTransient(error)).toBe(true);
  });

  it("does so for 40 seconds, longer than any transaction may take", async () => {
    const readLimit = (tx: Tx) => tx.$queryRaw`select current_setting('idle_in_transaction_session_timeout') as "limit"`;
    expect(await db.withSystem(readLimit)).toEqual([{ limit: "40s" }]);
    expect(await db.withTenant(current.orgId, readLimit)).toEqual([{ limit: "40s" }]);
  });
});
