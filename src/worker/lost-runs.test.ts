import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { reapRuns } from "@/db/reap-runs";
import { requestCancel } from "@/db/runs";
import { RECONNECT_GRACE_MS } from "@/domain/run-status";
import { createOrganization } from "@/testing/factories";
import type { OwnDatabase } from "@/testing/own-database";
import { gives, givesWhenTold, hangs } from "@/testing/scripted-collector";
import { scriptedWorkers } from "@/testing/scripted-workers";
import { silentLog } from "@/testing/silent-log";
import { endOfRun, lookAtRun, startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";

let own: OwnDatabase;
let db: Database;

const startWorker = scriptedWorkers((opened) => {
  own = opened;
  db = own.db;
});

describe("a run during which every connection to the database is dropped", () => {
  /** Ends the source's wait and, before that, every connection of this database but the one that does it. */
  async function interrupt(release: () => void) {
    const admin = createDatabase(own.server.ownerConnection, { poolSize: 1, log: silentLog });
    await admin.system.$executeRaw`
      select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    release();
    await admin.close();
  }

  it("is finished by the same worker, with nothing lost or doubled", async () => {
    const organization = await createOrganization(db, { urls: ["https://a.example/", "https://slow.example/"] });
    const late = givesWhenTold("late");
    const { collectors } = await startWorker({ "https://a.example/": gives("1"), "https://slow.example/": late.script });
    const runId = await startRunOf(db, organization);
    await until(
      db,
      () => lookAtRun(db, organization.orgId, runId),
      (run) => run.doneSourceCount === 1 && run.sources[1]?.status === "fetching",
    );
    await interrupt(late.answer);

    const run = await until(
      db,
      async () => {
        // What the scheduler does every few seconds.
        await db.withSystem((tx) => reapRuns(tx, { graceMs: RECONNECT_GRACE_MS })).catch(() => {});
        return lookAtRun(db, organization.orgId, runId).catch(() => null);
      },
      (seen) => seen?.finishedAt != null,
      20_000,
    );
    expect(run).toMatchObject({ status: "succeeded", newCount: 2, attempt: 1, crashCount: 0 });
    expect(await db.system.item.count({ where: { orgId: organization.orgId } })).toBe(2);
    expect([...collectors.calls.values()]).toEqual([1, 1]);
  });
});

describe("a run whose worker is gone", () => {
  async function crash(attempt: number) {
    const organization = await createOrganization(db, { urls: ["https://a.example/"] });
    const runId = await startRunOf(db, organization);
    await db.system.$executeRaw`delete from graphile_worker._private_jobs`;
    await db.system.run.update({
      where: { id: runId },
      data: {
        status: "running",
        attempt,
        workerId: randomUUID(),
        leaseToken: randomUUID(),
        leaseExpiresAt: new Date(Date.now() + 60_000),
        startedAt: new Date(),
      },
    });
    return { ...organization, runId };
  }

  it("is queued again at once when its process no longer lives, and is finished by another", async () => {
    const { orgId, runId } = await crash(1);
    expect(await db.withSystem((tx) => reapRuns(tx))).toEqual({ resumed: 1, abandoned: 0 });
    await startWorker({ "https://a.example/": gives("1") });
    expect(await endOfRun(db, orgId, runId)).toMatchObject({ status: "succeeded", attempt: 2 });
  });

  it("is abandoned after its second attempt", async () => {
    const { orgId, runId } = await crash(2);
    expect(await db.withSystem((tx) => reapRuns(tx))).toEqual({ resumed: 0, abandoned: 1 });
    const run = await lookAtRun(db, orgId, runId);
    expect(run.status).toBe("abandoned");
    expect(run.message).toContain("stopped without a word");
  });

  it("is left alone while its process lives and its lease holds", async () => {
    const organization = await createOrganization(db, { urls: ["https://slow.example/"] });
    const slow = hangs();
    await startWorker({ "https://slow.example/": slow.script });
    const runId = await startRunOf(db, organization);
    await slow.started;
    expect(await db.withSystem((tx) => reapRuns(tx))).toEqual({ resumed: 0, abandoned: 0 });
    expect((await lookAtRun(db, organization.orgId, runId)).status).toBe("running");
    await db.withTenant(organization.orgId, (tx) => requestCancel(tx, organization.orgId, runId, organization.userId));
    await endOfRun(db, organization.orgId, runId);
  });

  it("can no longer be written to by a worker that lost its lease", async () => {
    const organization = await createOrganization(db, { urls: ["https://slow.example/"] });
    const late = givesWhenTold("late");
    const { worker, collectors } = await startWorker({ "https://slow.example/": late.script });
    const runId = await startRunOf(db, organization);
    await until(
      db,
      () => lookAtRun(db, organization.orgId, runId),
      (run) => run.sources[0]?.status === "fetching",
    );
    await db.system.run.update({ where: { id: runId }, data: { leaseToken: randomUUID() } });
    late.answer();
    await worker.stop();
    expect(collectors.calls.get("https://slow.example/")).toBe(1);
    expect(await db.system.item.count({ where: { orgId: organization.orgId } })).toBe(0);
    expect((await lookAtRun(db, organization.orgId, runId)).status).toBe("running");
  });
});
