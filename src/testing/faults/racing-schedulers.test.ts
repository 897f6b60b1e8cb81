import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "@/db/connect";
import { until } from "@/testing/until";
import { createFaultWorld, type FaultWorld } from "./fault-world";
import { checkInvariants } from "./invariants";
import { type ManyOrganizations, makeOrganizations } from "./many-organizations";
import { claimNaively } from "./naive-claimer";
import { inRounds, timeForRounds } from "./seed";

const SCHEDULERS = 4;
const SLOTS = 1_000;
const HOUR = 3_600_000;

let world: FaultWorld;

beforeEach(async () => {
  world = await createFaultWorld("racing-schedulers");
});

afterEach(() => world.close());

const untilNoneDue = () =>
  until(
    world.db,
    () => world.db.system.$queryRaw<[{ due: number }]>`select count(*)::int as due from schedule where due_at <= clock_timestamp()`,
    ([{ due }]) => due === 0,
    60_000,
  );

/** The runs that the queue has work for. */
async function listQueued(): Promise<string[]> {
  const rows = await world.db.system.$queryRaw<{ runId: string }[]>`select payload ->> 'runId' as "runId" from graphile_worker._private_jobs`;
  return rows.map(({ runId }) => runId).sort();
}

/** Begins a round anew: an empty ledger, an empty queue, and a slot of every organization due at the same time. */
async function makeAllDue(organizations: ManyOrganizations) {
  await world.db.withSystem(async (tx) => {
    await tx.$executeRaw`delete from run`;
    await tx.$executeRaw`update organization set last_run_number = 0`;
    await tx.$executeRaw`delete from graphile_worker._private_jobs`;
  });
  return organizations.makeSlotDue();
}

describe("four schedulers and a thousand organizations whose slots are due at once", () => {
  it(
    "vector 14: give every slot one row and one run, none doubled and none lost",
    async () => {
      const organizations = await makeOrganizations(world.db, SLOTS);
      await Promise.all(Array.from({ length: SCHEDULERS }, () => world.start({ roles: ["scheduler"] })));
      await inRounds(2, async () => {
        const schedules = await makeAllDue(organizations);
        await untilNoneDue();
        const active = await world.db.system.run.findMany({ where: { status: "queued" }, select: { id: true } });
        expect(active).toHaveLength(SLOTS);
        expect(await listQueued()).toEqual(active.map(({ id }) => id).sort());
        await world.expectSound({ schedules, activeForMs: HOUR });
      });
    },
    60_000 + timeForRounds(2, 30_000),
  );

  it("would double them without the claim's locks and without the unique index (control)", async () => {
    const organizations = await makeOrganizations(world.db, 20);
    const schedules = await organizations.makeSlotDue();
    await withClient(world.server.ownerConnection, async (client) => {
      await client.query("drop index run_one_per_slot; drop index run_one_active_per_organization");
      const claims = [];
      for (let scheduler = 0; scheduler < SCHEDULERS; scheduler++) claims.push(await claimNaively(client));
      for (const claim of claims) await claim.write();
    });
    const violations = await checkInvariants(world.server.ownerConnection, { schedules, activeForMs: HOUR });
    expect(violations.filter(({ rule }) => rule === "slot-doubled")).toHaveLength(20);
  });
});
