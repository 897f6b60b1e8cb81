import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { NO_ITEMS, RECONNECT_GRACE_MS } from "@/domain/run-status";
import type { TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { NO_READING } from "@/testing/scripted-collection";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import type { Database } from "./client";
import { withClient } from "./connect";
import { createLiveness } from "./liveness";
import { reapRuns } from "./reap-runs";
import { type Lease, releaseLease, renewLease, takeRun } from "./run-lease";
import { listPendingSources, type PendingSource, snapshotSources } from "./run-sources";
import { markWaiting, recordProgress, recordRetry } from "./source-attempts";
import type { Tx } from "./transaction";

let db: Database;
let server: TestDatabase;

ownDatabase((own) => {
  ({ db, server } = own);
});

beforeEach(() => db.system.run.deleteMany());

const GRACE = { graceMs: RECONNECT_GRACE_MS };
const reap = (options?: { graceMs: number }) => db.withSystem((tx) => reapRuns(tx, options));
const NOTHING = { resumed: 0, abandoned: 0 };

type Held = Lease & { sourceIds: string[] };

/** A new run of an organization with so many sources. */
async function newRun(sourceCount = 1) {
  const organization = await createOrganization(db, { urls: Array.from({ length: sourceCount }, (_, index) => `https://${index}.example/`) });
  const { orgId, sourceIds } = organization;
  return { orgId, sourceIds, runId: await startRunOf(db, organization) };
}

/** Takes the run for a process, by default one that is gone, and begins with the sources at these positions. */
async function take(run: Omit<Held, "token">, options: { workerId?: string; fetching?: readonly number[] } = {}): Promise<Held> {
  const lease: Held = { ...run, token: randomUUID() };
  await db.withSystem((tx) => takeRun(tx, run.runId, { workerId: options.workerId ?? randomUUID(), token: lease.token }));
  await db.withSystem(async (tx) => {
    const { presetId } = await tx.run.findUniqueOrThrow({ where: { id: run.runId } });
    await snapshotSources(tx, lease, presetId);
    for (const source of await listPendingSources(tx, lease)) {
      if (options.fetching?.includes(run.sourceIds.indexOf(source.sourceId))) await recordProgress(tx, lease, { begun: [{ source, attempt: 1, waitedMs: 0 }] });
    }
  });
  return lease;
}

/** Source by source: how many workers died of it, and whether it is quarantined. */
async function suspicion({ orgId, sourceIds }: { orgId: string; sourceIds: string[] }) {
  const sources = await db.system.source.findMany({ where: { orgId } });
  return sourceIds.map((id) => {
    const source = sources.find((each) => each.id === id);
    return [source?.crashCount, source?.quarantinedAt !== null];
  });
}

const lookAt = (runId: string) => db.system.run.findUniqueOrThrow({ where: { id: runId } });
const expire = (runId: string) => db.system.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });

describe("a run whose process no longer holds its liveness lock", () => {
  it("is resumed in one look when nothing is waited for", async () => {
    const { runId } = await take(await newRun());
    expect(await reap()).toEqual({ resumed: 1, abandoned: 0 });
    expect(await lookAt(runId)).toMatchObject({ status: "queued", attempt: 1, crashCount: 1, leaseToken: null, workerId: null });
  });

  it("is given a few seconds' notice first when the process may be connecting again", async () => {
    const { runId } = await take(await newRun());
    const before = await db.now();
    expect(await reap(GRACE)).toEqual(NOTHING);
    const run = await lookAt(runId);
    expect(run.status).toBe("running");
    const leftMs = (run.leaseExpiresAt?.getTime() ?? 0) - before.getTime();
    expect(leftMs).toBeGreaterThan(RECONNECT_GRACE_MS - 1_000);
    expect(leftMs).toBeLessThan(30_000);
    await expire(runId);
    expect(await reap(GRACE)).toEqual({ resumed: 1, abandoned: 0 });
  });

  it("is not given more time by further looks", async () => {
    const { runId } = await take(await newRun());
    await reap(GRACE);
    const first = (await lookAt(runId)).leaseExpiresAt;
    await reap(GRACE);
    expect((await lookAt(runId)).leaseExpiresAt).toEqual(first);
  });

  it("stays where it is when the process renews its lease in time", async () => {
    const lease = await take(await newRun());
    await reap(GRACE);
    await renewLease(db.system, lease);
    expect(await reap(GRACE)).toEqual(NOTHING);
    expect(await lookAt(lease.runId)).toMatchObject({ status: "running", crashCount: 0 });
  });

  it("control: is left alone for as long as somebody holds the lock and its lease lasts", async () => {
    const workerId = randomUUID();
    const liveness = createLiveness(server.connection, workerId, silentLog);
    await liveness.start();
    const { runId } = await take(await newRun(), { workerId });
    expect(await reap()).toEqual(NOTHING);
    await expire(runId);
    expect(await reap()).toEqual({ resumed: 1, abandoned: 0 });
    await liveness.stop();
  });

  it("is left to its process while that is writing a result", async () => {
    const { runId } = await take(await newRun());
    await db.withSystem(async (writing) => {
      await writing.$executeRaw`select 1 from run where id = ${runId}::uuid for update`;
      expect(await reap()).toEqual(NOTHING);
    });
    expect(await reap()).toEqual({ resumed: 1, abandoned: 0 });
  });
});

describe("the sources that a dead process was collecting", () => {
  it("are suspects from then on, and those that it was not collecting are none", async () => {
    const lease = await take(await newRun(3), { fetching: [0, 2] });
    await reap();
    expect(await suspicion(lease)).toEqual([
      [1, false],
      [0, false],
      [1, false],
    ]);
  });

  it("are not counted while they waited for their next attempt", async () => {
    const lease = await take(await newRun(), { fetching: [0] });
    await db.withSystem(async (tx) => {
      const [source] = await listPendingSources(tx, lease);
      if (source) await recordRetry(tx, lease, source, { code: "http_status", message: "503", httpStatus: 503, waitMs: 60_000 });
    });
    await reap();
    expect(await suspicion(lease)).toEqual([[0, false]]);
  });

  it("are not counted when the process lives and let go of the run", async () => {
    const lease = await take(await newRun(), { fetching: [0] });
    await db.withSystem((tx) => releaseLease(tx, lease));
    expect(await reap(GRACE)).toEqual({ resumed: 1, abandoned: 0 });
    expect(await suspicion(lease)).toEqual([[0, false]]);
    expect(await lookAt(lease.runId)).toMatchObject({ attempt: 1, crashCount: 0 });
  });

  it("are cleared when they are collected", async () => {
    const run = await newRun();
    await take(run, { fetching: [0] });
    await reap();
    const lease = await take(run);
    await db.withSystem(async (tx) => {
      const [source] = await listPendingSources(tx, lease);
      const outcome = { status: "not_modified", counts: NO_ITEMS, httpStatus: 304, wireBytes: 0, reading: NO_READING, message: null } as const;
      if (source) await recordProgress(tx, lease, { collected: [{ source, ...outcome }] });
    });
    expect(await suspicion(lease)).toEqual([[0, false]]);
  });

  it("are told apart by who was a suspect before", async () => {
    const run = await newRun(2);
    await db.system.source.updateMany({ where: { id: run.sourceIds[1] }, data: { crashCount: 1 } });
    const lease = await take(run, { fetching: [0, 1] });
    await reap();
    expect(await suspicion(lease)).toEqual([
      [0, false],
      [2, false],
    ]);
  });

  it("are quarantined the third time", async () => {
    const run = await newRun();
    await db.system.source.updateMany({ where: { orgId: run.orgId }, data: { crashCount: 2 } });
    const lease = await take(run, { fetching: [0] });
    await reap();
    expect(await suspicion(lease)).toEqual([[3, true]]);
  });
});

describe("a run that shared its process with another run's culprit", () => {
  it("loses no attempt, and the culprit's run is abandoned", async () => {
    const workerId = randomUUID();
    const [innocent, guilty] = [await newRun(), await newRun()];
    await db.system.source.updateMany({ where: { orgId: guilty.orgId }, data: { crashCount: 1 } });
    await take(innocent, { workerId, fetching: [0] });
    await take(guilty, { workerId, fetching: [0] });
    await db.system.run.updateMany({ data: { attempt: 2 } });
    expect(await reap()).toEqual({ resumed: 1, abandoned: 1 });
    expect(await lookAt(innocent.runId)).toMatchObject({ status: "queued", attempt: 1, crashCount: 1 });
    expect(await lookAt(guilty.runId)).toMatchObject({ status: "abandoned", attempt: 2, message: expect.stringContaining("without a word once") });
    expect(await suspicion(innocent)).toEqual([[0, false]]);
  });
});

describe("a run that only waited when its process died", () => {
  const pending = async (lease: Held) => (await db.withSystem((tx) => listPendingSources(tx, lease)))[0] as PendingSource;
  const useUp = (runId: string) => db.system.run.update({ where: { id: runId }, data: { attempt: 2, crashCount: 4 } });
  const waits: [string, (run: Omit<Held, "token">) => Promise<Held>][] = [
    [
      "for its site",
      async (run) => {
        const lease = await take(run);
        const { runSourceId } = await pending(lease);
        await db.withSystem((tx) => markWaiting(tx, lease, [{ runSourceId, waitedMs: 1_000 }]));
        return lease;
      },
    ],
    [
      "for its next attempt",
      async (run) => {
        const lease = await take(run, { fetching: [0] });
        const source = await pending(lease);
        await db.withSystem((tx) => recordRetry(tx, lease, source, { code: "http_status", message: "503", httpStatus: 503, waitMs: 60_000 }));
        return lease;
      },
    ],
  ];
  it.each(waits)("%s loses no attempt and goes on, but what it waited for before its last worker counts no more", async (_, begin) => {
    const { runId, ...run } = await newRun();
    await begin({ runId, ...run });
    await useUp(runId);
    expect(await reap()).toEqual({ resumed: 1, abandoned: 0 });
    expect(await lookAt(runId)).toMatchObject({ status: "queued", attempt: 1, crashCount: 5 });
    await take({ runId, ...run });
    expect(await reap()).toEqual({ resumed: 0, abandoned: 1 });
  });
});

describe("looking for dead runs", () => {
  it("goes through no table, however long the ledger is", async () => {
    const run = await newRun();
    const { runId } = await take(run, { fetching: [0] });
    await fillLedger(run, 100_000);
    const [before, after] = await db.withSystem(async (tx) => {
      const countBefore = await countScans(tx);
      await reapRuns(tx);
      return [countBefore, await countScans(tx)];
    });
    expect(after).toEqual(before);
    expect(await lookAt(runId)).toMatchObject({ status: "queued", crashCount: 1 });
  });
});

/** How often this connection went through all of a table lately. */
function countScans(tx: Tx): Promise<{ table: string; count: number }[]> {
  return tx.$queryRaw`
    select relname as table, seq_scan::int as count from pg_stat_xact_user_tables where relname in ('run', 'run_source') order by 1`;
}

/** Ended runs with one source each, and the statistics that a database has of its tables after a while. */
async function fillLedger({ orgId, sourceIds }: { orgId: string; sourceIds: string[] }, count: number) {
  await withClient(server.ownerConnection, async (client) => {
    await client.query(
      `with ended as (
        insert into run (id, org_id, number, trigger, status, queued_at, finished_at, limit_ms)
        select gen_random_uuid(), $1::uuid, 10 + n, 'person', (array['succeeded', 'partial', 'failed', 'cancelled'])[1 + n % 4]::run_status,
          now() - n * interval '1 minute', now(), 1000 from generate_series(1, $3::int) n
        returning org_id, id)
      insert into run_source (id, org_id, run_id, source_id, position, name, kind, url, status)
      select gen_random_uuid(), org_id, id, $2::uuid, 0, 'Source', 'feed', 'https://0.example/', 'succeeded' from ended`,
      [orgId, sourceIds[0], count],
    );
    await client.query("analyze run, run_source");
  });
}
