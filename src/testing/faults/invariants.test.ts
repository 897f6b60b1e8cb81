import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { withClient } from "@/db/connect";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, createSchedule, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import type { Expectations, InvariantRule } from "./expectations";
import { checkInvariants } from "./invariants";

const HOUR = 3_600_000;
const SLOTS = 6;

let server: TestDatabase;
let db: Database;
let organization: TestOrganization;
let expectations: Expectations;

beforeEach(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 4, log: silentLog });
  organization = await createOrganization(db);
  expectations = await makeSoundLedger();
});

afterEach(async () => {
  await db.close();
  await server.drop();
});

const plant = (sql: string) => withClient(server.ownerConnection, (client) => client.query(sql));

async function rules(changes: Partial<Expectations> = {}): Promise<InvariantRule[]> {
  return (await checkInvariants(server.ownerConnection, { ...expectations, ...changes })).map(({ rule }) => rule);
}

/** Six hourly slots: 1 and 2 ran, 3 was skipped because of 2, 4 was superseded by 5, which ran, 6 was missed. */
async function makeSoundLedger(): Promise<Expectations> {
  const now = await db.now();
  const newest = new Date(Math.floor(now.getTime() / HOUR) * HOUR);
  const after = new Date(newest.getTime() - SLOTS * HOUR);
  const cronExpression = "0 * * * *";
  const scheduleId = await createSchedule(db, organization, { cronExpression, lowerBoundAt: newest, nextRunAt: new Date(newest.getTime() + HOUR) });
  const { orgId, sourceIds } = organization;
  const slot = (index: number) => `'${new Date(after.getTime() + index * HOUR).toISOString()}'::timestamptz`;
  await plant(`
    insert into run (id, org_id, schedule_id, schedule_version, trigger, limit_ms, number, status, slot_at, lateness_ms, queued_at, started_at, finished_at,
      attempt, span_start_at, superseded_count, missed_count, blocking_run_id)
    select ('00000000-0000-4000-8000-00000000000' || number)::uuid, '${orgId}', '${scheduleId}', 1, 'schedule', 1000, number, status::run_status, slot_at,
      late_ms, slot_at + late_ms * interval '1 ms', case when took is not null then slot_at + late_ms * interval '1 ms' end,
      slot_at + late_ms * interval '1 ms' + coalesce(took, '0'), 1, span, superseded, missed, blocker
    from (values
      (1, 'succeeded', ${slot(1)}, 10, '1 minute'::interval, null::timestamptz, 0, 0, null::uuid),
      (2, 'succeeded', ${slot(2)}, 10, '61 minutes', null, 0, 0, null),
      (3, 'skipped', ${slot(3)}, 10, null, null, 0, 0, '00000000-0000-4000-8000-000000000002'),
      (4, 'partial', ${slot(5)}, 120000, '1 minute', ${slot(4)}, 1, 0, null),
      (5, 'missed', ${slot(6)}, 3600001, null, null, 0, 1, null)
    ) as slots(number, status, slot_at, late_ms, took, span, superseded, missed, blocker);
    update organization set last_run_number = 5 where id = '${orgId}';
    insert into run_source (id, org_id, run_id, source_id, position, name, kind, url, status, new_count)
    select gen_random_uuid(), org_id, id, case number when 4 then gen_random_uuid() else '${sourceIds[0]}' end, 0, 'Feed', 'feed', 'https://example.org/',
      'succeeded', case number when 1 then 2 else 0 end
    from run where started_at is not null;
    insert into run_source (id, org_id, run_id, source_id, position, name, kind, url, status)
    select gen_random_uuid(), org_id, id, '${sourceIds[0]}', 0, 'Feed', 'feed', 'https://example.org/', 'failed' from run where number = 4;
    insert into item (org_id, source_id, key, fields, content_hash, times_seen, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id,
      last_changed_at, last_changed_run_id)
    select org_id, '${sourceIds[0]}', key, '{}', '', 2, now(), id, now(), id, now(), id from run, unnest(array['a', 'b']) as key where number = 1`);
  return {
    schedules: [{ scheduleId, cronExpression, timeZone: "UTC", after }],
    items: [{ sourceId: sourceIds[0] ?? "", keys: ["a", "b"] }],
    liveInstances: [],
  };
}

const update = (number: number, change: string) => `update run set ${change} where number = ${number}`;
/** A second run, still going, of the one organization. */
const activeRun = (number: number) =>
  `insert into run (id, org_id, number, trigger, status, limit_ms) select gen_random_uuid(), id, ${number}, 'person', 'queued', 1000 from organization;
   update organization set last_run_number = ${number}`;

it("the checker is content with a ledger that has a row for every slot", async () => {
  expect(await checkInvariants(server.ownerConnection, expectations)).toEqual([]);
});

describe("the checker names", () => {
  const fetching = (number: number) => `
    insert into run_source (id, org_id, run_id, source_id, position, name, kind, url, status)
    select gen_random_uuid(), org_id, id, gen_random_uuid(), 1, 'Feed', 'feed', 'https://example.org/', 'fetching' from run where number = ${number}`;
  const copyOfRow = (changes: string) => `
    drop index run_one_per_slot;
    create temp table copy as select * from run where number = 1;
    update copy set id = gen_random_uuid(), number = 6, ${changes};
    insert into run select * from copy;
    update organization set last_run_number = 6`;

  it.each<[string, string, InvariantRule[]]>([
    ["a slot without a row", "delete from run where number = 5; update organization set last_run_number = 4", ["slot-lost"]],
    ["two rows for one slot", copyOfRow("status = 'missed', lateness_ms = 3600001, missed_count = 1, started_at = null"), ["slot-doubled", "row-lateness"]],
    [
      "a row for an instant that is no slot",
      update(1, "slot_at = slot_at + interval '1 minute', lateness_ms = 0"),
      ["slot-unknown", "slot-lost", "row-lateness"],
    ],
    ["a row that counts more slots than its span holds", update(4, "superseded_count = 2"), ["span-count"]],
    ["a slot that a span and a row of its own account for", update(4, "span_start_at = span_start_at - interval '1 hour'"), ["span-count", "slot-doubled"]],
    ["a row whose lateness is not when it was written", update(1, "lateness_ms = 500000"), ["row-lateness"]],
    ["a run that was later than is tolerated", update(1, "lateness_ms = 3600001, queued_at = slot_at + interval '3600001 ms'"), ["row-status"]],
    ["a slot that was called missed although it was in time", update(5, "lateness_ms = 100, queued_at = slot_at + interval '100 ms'"), ["row-status"]],
    ["a skipped slot with nothing in its way", update(3, "blocking_run_id = null"), ["row-status"]],
    ["a skipped slot whose obstacle had ended", update(3, "blocking_run_id = '00000000-0000-4000-8000-000000000001'"), ["row-status"]],
    ["a count without a span", update(4, "span_start_at = null"), ["span-count", "slot-lost", "row-status"]],
    ["a schedule that waits for the wrong slot", "update schedule set next_run_at = next_run_at + interval '1 hour'", ["next-slot"]],
    ["two active runs of an organization", `drop index run_one_active_per_organization; ${activeRun(6)}; ${activeRun(7)}`, ["two-active"]],
    ["runs that overlapped", update(1, "finished_at = finished_at + interval '1 hour'"), ["runs-overlap"]],
    ["an item that is there twice", "drop index \"item_org_id_source_id_key_key\"; update item set key = 'a'", ["item-doubled", "items-differ"]],
    ["an item that should be there", "delete from item where key = 'a'; update run_source set new_count = 1 where new_count = 2", ["items-differ"]],
    ["an item that should not be there", "update item set key = 'c' where key = 'a'", ["items-differ", "items-differ"]],
    ["new items that are not there", "update run_source set new_count = 3 where new_count = 2", ["item-counts"]],
    ["an item that was counted twice in one run", "update item set times_seen = 3 where key = 'a'", ["item-counts"]],
    ["a source that is being collected by a run that has ended", fetching(2), ["source-unfinished", "run-status"]],
    ["a run whose status is not what its sources say", update(2, "status = 'failed'"), ["run-status"]],
    ["a lease of a run that has ended", update(1, "lease_token = gen_random_uuid()"), ["lease-left"]],
    ["a run number that was left out", update(5, "number = 6"), ["number-gap"]],
  ])("%s", async (_, sql, expected) => {
    await plant(sql);
    expect((await rules({ activeForMs: HOUR })).sort()).toEqual([...expected].sort());
  });

  it("a run that is still going after the time it is given", async () => {
    await plant(activeRun(6));
    expect(await rules()).toEqual(["still-active"]);
    expect(await rules({ activeForMs: HOUR })).toEqual([]);
  });

  it("a slot that should have been dispatched by now", async () => {
    const [segment] = expectations.schedules ?? [];
    if (!segment) throw new Error("There is no schedule.");
    const until = new Date(segment.after.getTime() + (SLOTS + 1) * HOUR);
    expect(await rules({ schedules: [{ ...segment, until }] })).toEqual(["slot-overdue"]);
  });

  it("an entry of the queue that a gone worker holds for a run that has ended", async () => {
    await plant(`
      select graphile_worker.add_job('execute_run', json_build_object('runId', id)) from run where number = 1;
      update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-gone'`);
    expect(await rules()).toEqual(["job-left"]);
  });

  it("a liveness lock whose process is gone, and no lock of one that lives", async () => {
    const instance = randomUUID();
    await withClient(server.connection, async (client) => {
      await client.query("select pg_advisory_lock_shared(app.liveness_class(), app.liveness_key($1::uuid))", [instance]);
      expect(await rules()).toEqual(["lock-left"]);
      expect(await rules({ liveInstances: [instance] })).toEqual([]);
      expect(await rules({ liveInstances: undefined })).toEqual([]);
    });
    expect(await rules()).toEqual([]);
  });
});
