import { afterEach, beforeEach, expect, it } from "vitest";
import { makeSlotDue } from "./due-slots";
import type { ScheduleSegment } from "./expectations";
import { createFaultWorld, type FaultOrganization, type FaultWorld, type Instance } from "./fault-world";
import { inRounds, pickNumber, type Random, timeForRounds } from "./seed";

const ORGANIZATIONS = 8;
const ROLES = ["scheduler", "worker"] as const;

let world: FaultWorld;

beforeEach(async () => {
  world = await createFaultWorld("killed-under-load");
});

afterEach(() => world.close());

/** Each organization has a slot due; one of the processes is killed at some moment of the load and replaced. */
async function wave(organizations: FaultOrganization[], instances: Instance[], random: Random): Promise<ScheduleSegment[]> {
  const victim = instances[pickNumber(random, 0, instances.length - 1)];
  if (!victim) throw new Error("There is no process.");
  const events = victim.events.length + pickNumber(random, 1, 2 * ORGANIZATIONS);
  const segments = await Promise.all(organizations.map((organization) => makeSlotDue(world.db, organization, 20)));
  // It may be that there was less for it to do.
  await Promise.race([victim.waitForAny(events), world.untilIdle()]);
  await victim.kill();
  instances[instances.indexOf(victim)] = await world.start({ roles: ROLES });
  await world.untilIdle();
  return segments;
}

it(
  "a process that is killed at any moment and replaced loses no slot and no run, and doubles no item",
  async () => {
    const instances = await Promise.all([1, 2].map(() => world.start({ roles: ROLES })));
    await inRounds(2, async (random) => {
      const organizations = await Promise.all(Array.from({ length: ORGANIZATIONS }, () => world.organization([{ items: 3, delayMs: 60 }, { delayMs: 20 }])));
      const schedules = await wave(organizations, instances, random);
      const runs = await world.db.system.run.findMany({ where: { orgId: { in: organizations.map(({ orgId }) => orgId) } } });
      expect(runs.map(({ status }) => status)).toEqual(organizations.map(() => "succeeded"));
      await world.expectSound({ schedules, items: organizations.flatMap(({ items }) => items) });
    });
  },
  60_000 + timeForRounds(2, 60_000),
);
