import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { notifyRun } from "@/db/notify";
import { holdLease, type Lease, takeRun } from "@/db/run-lease";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import { createLeaseKeeper } from "./lease-keeper";

/** A lease is for a minute, and renewed when less than this is left of it. */
const RENEWED_BELOW_MS = 45_000;

let db: Database;
const letGo: (() => void)[] = [];

ownDatabase((own) => {
  db = own.db;
});

beforeAll(() => db.listener.start());

afterEach(() => {
  for (const stop of letGo.splice(0)) stop();
});

async function take(): Promise<Lease> {
  const organization = await createOrganization(db);
  const { orgId } = organization;
  const [runId, token] = [await startRunOf(db, organization), randomUUID()];
  await db.withSystem((tx) => takeRun(tx, runId, { workerId: randomUUID(), token }));
  return { orgId, runId, token };
}

/** So many runs whose leases one keeper keeps, and what it told of each. */
async function keepMany(count: number) {
  const leases = await Promise.all(Array.from({ length: count }, take));
  const told = new Map<string, string[]>(leases.map(({ runId }) => [runId, []]));
  const keeper = createLeaseKeeper({ db, log: silentLog });
  for (const lease of leases) letGo.push(keeper.keep(lease, (reason) => told.get(lease.runId)?.push(reason)));
  const toldOf = ({ runId }: Lease) => told.get(runId) ?? [];
  return { keeper, leases, toldOf };
}

async function shorten(leases: readonly Lease[]): Promise<void> {
  const ids = leases.map(({ runId }) => runId);
  await db.system.$executeRaw`update run set lease_expires_at = clock_timestamp() + interval '20 seconds' where id = any(${ids}::uuid[])`;
}

/** So that they are looked at now and not only within the next second and a half. */
const tell = (leases: readonly Lease[]) =>
  db.withSystem(async (tx) => {
    for (const { orgId, runId } of leases) await notifyRun(tx, orgId, runId);
  });

const untilRenewed = (leases: readonly Lease[]) =>
  until(
    db,
    () => db.system.$queryRaw<{ leftMs: number }[]>`
      select (extract(epoch from lease_expires_at - clock_timestamp()) * 1000)::float8 as "leftMs" from run
      where id = any(${leases.map(({ runId }) => runId)}::uuid[])`,
    (rows) => rows.every(({ leftMs }) => leftMs > RENEWED_BELOW_MS),
  );

async function countWaiting(): Promise<number> {
  const [waiting] = await db.system.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%update run set lease_expires_at%'`;
  return waiting.count;
}

describe("a keeper of leases", () => {
  it("renews what runs out, and one that is being written to keeps none of the others waiting", async () => {
    const { leases, toldOf } = await keepMany(3);
    const [written, ...others] = leases as [Lease, ...Lease[]];
    await shorten(leases);
    await db.withSystem(async (tx) => {
      await holdLease(tx, written);
      await tell(others);
      await untilRenewed(others);
    });
    await untilRenewed([written]);
    expect(leases.map(toldOf)).toEqual([[], [], []]);
  });

  it("waits with one connection for a run that is being written to, however often it looks meanwhile", async () => {
    const [written, other] = (await keepMany(2)).leases as [Lease, Lease];
    await shorten([written]);
    await db.withSystem(async (tx) => {
      await holdLease(tx, written);
      for (let look = 0; look < 3; look++) {
        await shorten([other]);
        await tell([written, other]);
        await untilRenewed([other]);
      }
      expect(await until(db, countWaiting, (count) => count > 0)).toBe(1);
    });
    await untilRenewed([written]);
  });

  it("tells whoever has a run from before that it is lost when this process has taken it again", async () => {
    const { keeper, leases, toldOf } = await keepMany(1);
    const [before] = leases as [Lease];
    const toldAgain: string[] = [];
    letGo.push(keeper.keep({ ...before, token: randomUUID() }, (reason) => toldAgain.push(reason)));
    expect([toldOf(before), toldAgain]).toEqual([["lease_lost"], []]);
  });

  it("tells each run alone that it was cancelled or is somebody else's now, and those that were let go of nothing", async () => {
    const { leases, toldOf } = await keepMany(4);
    const [cancelled, lost, gone, other] = leases as [Lease, Lease, Lease, Lease];
    letGo[2]?.();
    await db.system.run.update({ where: { id: cancelled.runId }, data: { cancelRequestedAt: new Date() } });
    await db.system.run.updateMany({ where: { id: { in: [lost.runId, gone.runId] } }, data: { leaseToken: randomUUID() } });
    await tell(leases);
    await expect.poll(() => [cancelled, lost].map((lease) => toldOf(lease)[0])).toEqual(["cancelled", "lease_lost"]);
    expect([gone, other].map(toldOf)).toEqual([[], []]);
  });
});
