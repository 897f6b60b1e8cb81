import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { reapRuns } from "@/db/reap-runs";
import { lockSchedule } from "@/db/schedule-lock";
import { isTransient } from "@/db/transient";
import { MAX_RUN_ATTEMPTS } from "@/domain/run-status";
import { createOrganization, createSchedule } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { somebodyWaits } from "@/testing/somebody-waits";
import { until } from "@/testing/until";
import { dispatchDue } from "./dispatch";

const HOUR = 3_600_000;

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

const dispatch = () => dispatchDue(db, silentLog, HOUR);

/** An organization whose slot is due while the worker of its run, begun for the last time, is gone. */
async function dueWithDeadRun() {
  const organization = await createOrganization(db);
  const { orgId, presetId } = organization;
  const slot = new Date(Math.floor((await db.now()).getTime() / 60_000) * 60_000);
  await createSchedule(db, organization, { lowerBoundAt: new Date(slot.getTime() - 1), nextRunAt: slot });
  const lease = { leaseToken: randomUUID(), leaseExpiresAt: new Date(0), workerId: randomUUID() };
  const begun = { status: "running", attempt: MAX_RUN_ATTEMPTS, limitMs: HOUR, startedAt: new Date(), ...lease } as const;
  const { id: runId } = await db.system.run.create({ data: { orgId, presetId, number: 1000, trigger: "person", ...begun } });
  return { orgId, runId };
}

describe("a dispatch", () => {
  it("does not wait for runs that are being ended, so whoever ends them may lock their schedule after that", async () => {
    const { orgId, runId } = await dueWithDeadRun();
    await db.withSystem(async (tx) => {
      expect(await reapRuns(tx)).toEqual({ resumed: 0, abandoned: 1 });
      expect(await dispatch()).toBe(1);
      expect(await lockSchedule(tx, orgId)).not.toBeNull();
    });
    const rows = await db.system.run.findMany({ where: { orgId }, orderBy: { number: "desc" } });
    expect(rows).toMatchObject([
      { id: runId, status: "abandoned" },
      { status: "skipped", blockingRunId: runId },
    ]);
  });

  it("control: and one who held the organization and then locked its schedule would wait for the dispatch that waits for it", async () => {
    const { orgId } = await dueWithDeadRun();
    const errors: unknown[] = [];
    const note = (error: unknown) => void errors.push(error);
    let dispatching: Promise<unknown> | undefined;
    const holding = db.withSystem(async (tx) => {
      await tx.$executeRaw`select 1 from organization where id = ${orgId}::uuid for no key update`;
      dispatching = dispatch().catch(note);
      await until(db, () => somebodyWaits(db), Boolean);
      await lockSchedule(tx, orgId);
    });
    await holding.catch(note);
    await dispatching;
    expect(errors.map(isTransient)).toEqual([true]);
  });
});
