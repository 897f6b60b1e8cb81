import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withClient } from "@/db/connect";
import type { TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createRetention, type RetentionOptions } from "./retention";

const LONG_MS = 3_600_000;

let db: Database;
let server: TestDatabase;
let organization: TestOrganization;
let retention: ReturnType<typeof createRetention> | undefined;

ownDatabase((own) => {
  ({ db, server } = own);
});

beforeEach(async () => {
  organization = await createOrganization(db);
});

afterEach(async () => {
  await retention?.stop();
  await db.system.run.deleteMany();
});

function startRetention(options: Partial<RetentionOptions>) {
  retention = createRetention({ db, log: silentLog, olderThanDays: 90, keepPerOrganization: 100, firstAfterMs: 1, everyMs: LONG_MS, ...options });
  retention.start();
  return retention;
}

async function addOldRun(number: number) {
  await db.system.$executeRaw`
    insert into run (id, org_id, number, trigger, status, queued_at, finished_at, limit_ms)
    values (gen_random_uuid(), ${organization.orgId}::uuid, ${number}, 'person', 'succeeded', now() - interval '91 days', now() - interval '91 days', 1)`;
}

const noRunIsLeft = () =>
  until(
    db,
    () => db.system.run.count(),
    (count) => count === 0,
  );

describe("retention", () => {
  it("deletes old runs after the start, and again later", async () => {
    await addOldRun(1);
    startRetention({ everyMs: 1 });
    await noRunIsLeft();
    await addOldRun(2);
    await noRunIsLeft();
  });

  it("leaves the start alone: before its time nothing is deleted", async () => {
    await addOldRun(1);
    await startRetention({ firstAfterMs: LONG_MS }).stop();
    expect(await db.system.run.count()).toBe(1);
  });

  it("waits for the batch under way when it is stopped", async () => {
    await addOldRun(1);
    await withClient(server.ownerConnection, async (client) => {
      await client.query("begin; lock table run in access exclusive mode");
      const { stop } = startRetention({ everyMs: 1 });
      await until(db, countWaiting, (waiting) => waiting > 0);
      let stopped = false;
      const stopping = stop().then(() => {
        stopped = true;
      });
      await countWaiting();
      expect(stopped).toBe(false);
      await client.query("commit");
      await stopping;
    });
    expect(await db.system.run.count()).toBe(0);
  });

  it("survives a database that refuses, and tries again", async () => {
    await addOldRun(1);
    let refusals = 0;
    const refusing: Database = {
      ...db,
      get system() {
        if (refusals++ < 2) throw new Error("The database does not answer.");
        return db.system;
      },
    };
    startRetention({ db: refusing, everyMs: 1 });
    await noRunIsLeft();
    expect(refusals).toBeGreaterThan(2);
  });
});

/** Transactions that wait for a lock in this database. */
async function countWaiting(): Promise<number> {
  const [row] = await db.system.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return row.count;
}
