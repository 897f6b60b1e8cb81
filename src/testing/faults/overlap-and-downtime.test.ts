import { describe, expect, it } from "vitest";
import { withClient } from "@/db/connect";
import { requestCancel } from "@/db/runs";
import { createSchedule } from "@/testing/factories";
import { until } from "@/testing/until";
import { makeSlotDue } from "./due-slots";
import { type FaultOrganization, type FaultWorld, inFaultWorld, PATIENCE_MS } from "./fault-world";
import { checkInvariants } from "./invariants";
import { claimNaively } from "./naive-claimer";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LONG_MS = 10 * MINUTE;

const WORLD = "overlap-and-downtime";

const ledger = (world: FaultWorld, { orgId }: FaultOrganization) => world.db.system.run.findMany({ where: { orgId }, orderBy: { number: "asc" } });
const untilRows = (world: FaultWorld, organization: FaultOrganization, count: number) =>
  until(
    world.db,
    () => ledger(world, organization),
    (rows) => rows.length === count,
    MINUTE,
  );

describe("a schedule whose run takes longer than the time between its slots", () => {
  it.concurrent(
    "never has two active runs, and each skipped slot names the run in its way",
    inFaultWorld(WORLD, async (world) => {
      const organization = await world.organization([{ delayMs: LONG_MS }]);
      const segments = [await makeSlotDue(world.db, organization, 20)];
      const instance = await world.start({ roles: ["scheduler", "worker"] });
      await instance.waitFor("collecting");
      for (let minutesAgo = 19; minutesAgo > 14; minutesAgo--) {
        segments.push(await makeSlotDue(world.db, organization, minutesAgo));
        await untilRows(world, organization, segments.length);
      }

      const [slow, ...skipped] = await ledger(world, organization);
      if (!slow) throw new Error("There is no run.");
      expect(slow.status).toBe("running");
      expect(skipped.map(({ status, blockingRunId }) => [status, blockingRunId])).toEqual(skipped.map(() => ["skipped", slow.id]));
      await world.db.withTenant(organization.orgId, (tx) => requestCancel(tx, organization.orgId, slow.id, organization.userId));
      await world.untilIdle();
      await world.expectSound({ schedules: segments });
    }),
    PATIENCE_MS,
  );

  it.concurrent(
    "would have two with a dispatch that does not look, and no rule in the schema (control)",
    inFaultWorld(WORLD, async (world) => {
      const organization = await world.organization([{}]);
      await world.runNow(organization);
      await makeSlotDue(world.db, organization, 20);
      await withClient(world.server.ownerConnection, async (client) => {
        await client.query("drop index run_one_active_per_organization");
        await (await claimNaively(client)).write();
      });
      const violations = await checkInvariants(world.server.ownerConnection, { activeForMs: HOUR });
      expect(violations.map(({ rule }) => rule)).toContain("two-active");
    }),
    PATIENCE_MS,
  );
});

describe("a Milkrun that was down for longer than the time between slots", () => {
  /** Every hour at one minute, the last time half an hour ago; nothing was dispatched for three hours. */
  async function downForHours(world: FaultWorld, missedPolicy: "run_once" | "skip") {
    const organization = await world.organization([{}, {}]);
    const newest = new Date(Math.floor(((await world.db.now()).getTime() - HOUR / 2) / MINUTE) * MINUTE);
    const first = new Date(newest.getTime() - 3 * HOUR);
    const after = new Date(first.getTime() - 1);
    const schedule = { cronExpression: `${newest.getUTCMinutes()} * * * *`, timeZone: "UTC" };
    const scheduleId = await createSchedule(world.db, organization, { ...schedule, lowerBoundAt: after, nextRunAt: first, missedPolicy });
    return { organization, newest, first, segment: { scheduleId, ...schedule, after, until: newest } };
  }

  it.concurrent(
    "catches up with one run and counts the older slots",
    inFaultWorld(WORLD, async (world) => {
      const { organization, newest, first, segment } = await downForHours(world, "run_once");
      await world.start({ roles: ["scheduler", "worker"] });
      await untilRows(world, organization, 1);
      await world.untilIdle();
      expect(await ledger(world, organization)).toMatchObject([
        { status: "succeeded", slotAt: newest, spanStartAt: first, supersededCount: 3, missedCount: 0 },
      ]);
      await world.expectSound({ schedules: [segment], items: organization.items });
    }),
    PATIENCE_MS,
  );

  it.concurrent(
    "records all of them as missed where the schedule does not catch up",
    inFaultWorld(WORLD, async (world) => {
      const { organization, newest, first, segment } = await downForHours(world, "skip");
      await world.start({ roles: ["scheduler", "worker"] });
      expect(await untilRows(world, organization, 1)).toMatchObject([
        { status: "missed", slotAt: newest, spanStartAt: first, missedCount: 4, supersededCount: 0 },
      ]);
      await world.expectSound({ schedules: [segment] });
    }),
    PATIENCE_MS,
  );

  it.concurrent(
    "records nothing while no process looks for due slots (control)",
    inFaultWorld(WORLD, async (world) => {
      const { organization, segment } = await downForHours(world, "run_once");
      await world.start({ roles: ["worker"] });
      await world.runNow(organization);
      await world.untilIdle();
      const violations = await checkInvariants(world.server.ownerConnection, { schedules: [segment] });
      expect(violations.map(({ rule }) => rule)).toEqual(["slot-overdue", "slot-overdue", "slot-overdue", "slot-overdue"]);
    }),
    PATIENCE_MS,
  );
});
