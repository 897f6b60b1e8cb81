import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "@/db/connect";
import { makeSlotDue } from "./due-slots";
import type { ScheduleSegment } from "./expectations";
import { createFaultWorld, type FaultOrganization, type FaultWorld, type Instance, TEST_ITSELF, untilReport } from "./fault-world";
import { inRounds, pickNumber, timeForRounds } from "./seed";

const ORGANIZATIONS = 10;
const DROPS = 2;

let world: FaultWorld;

beforeEach(async () => {
  world = await createFaultWorld("dropped-connections");
});

afterEach(() => world.close());

/** Ends every connection of the processes to the database. Returns how many there were. */
async function dropAll(): Promise<number> {
  return withClient(world.server.ownerConnection, async (client) => {
    const { rowCount } = await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> $1",
      [TEST_ITSELF],
    );
    return rowCount ?? 0;
  });
}

/** Drops them one time after the other, so that every transaction is hit. */
async function dropUntil(end: Promise<unknown>): Promise<void> {
  let ended = false;
  const noticed = end.finally(() => {
    ended = true;
  });
  while (!ended) await dropAll();
  await noticed;
}

/** One wave of load: each organization has a slot due, and while their runs go on every connection is dropped. */
async function wave(organizations: FaultOrganization[], instances: Instance[], number: number, dropAfter: number): Promise<ScheduleSegment[]> {
  const seen = instances.map((instance) => instance.events.filter(({ event }) => event === "collecting").length);
  const segments = await Promise.all(organizations.map((organization) => makeSlotDue(world.db, organization, 40 - number)));
  await Promise.race(instances.map((instance, index) => instance.waitFor("collecting", undefined, (seen[index] ?? 0) + dropAfter)));
  expect(await dropAll()).toBeGreaterThan(0);
  await world.untilIdle();
  return segments;
}

describe("every connection to the database dropped, again and again", () => {
  it(
    "ends no process, loses no slot and doubles no item",
    async () => {
      await inRounds(1, async (random) => {
        const scripts = () => [{ items: 3, delayMs: pickNumber(random, 20, 150) }, { items: 2 }];
        const organizations = await Promise.all(Array.from({ length: ORGANIZATIONS }, () => world.organization(scripts())));
        const instances = await Promise.all([1, 2].map(() => world.start({ roles: ["scheduler", "worker"] })));
        const segments: ScheduleSegment[] = [];
        for (let number = 0; number < DROPS; number++)
          segments.push(...(await wave(organizations, instances, number, pickNumber(random, 1, ORGANIZATIONS / 2))));

        expect(instances.map((instance) => instance.isRunning())).toEqual([true, true]);
        const runs = await world.db.system.run.findMany({ where: { orgId: { in: organizations.map(({ orgId }) => orgId) } } });
        expect(runs.map(({ status }) => status)).toEqual(segments.map(() => "succeeded"));
        await world.expectSound({ schedules: segments, items: organizations.flatMap(({ items }) => items) });
        await Promise.all(instances.map((instance) => instance.kill()));
      });
    },
    timeForRounds(1, 180_000),
  );

  it("leaves a run lying that nobody works at, when nothing is tried again (control)", async () => {
    const instance = await world.start({ roles: ["worker"], impatient: true });
    const runId = await world.runNow(await world.organization(Array.from({ length: 8 }, () => ({ delayMs: 20 }))));
    await instance.waitFor("collecting");
    await dropUntil(untilReport(instance, ({ activeRuns }) => activeRuns === 0));
    expect(await world.db.system.run.findUnique({ where: { id: runId } })).toMatchObject({ status: "running" });
  });
});
