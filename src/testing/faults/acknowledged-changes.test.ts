import { describe, expect, it } from "vitest";
import { bundle } from "@/testing/bundle";
import { until } from "@/testing/until";
import type { AcknowledgingEvent, AcknowledgingOptions } from "./acknowledging";
import { type FaultOrganization, type FaultWorld, inFaultWorld, PATIENCE_MS } from "./fault-world";
import { inRounds, pickNumber, timeForRounds } from "./seed";

const ORGANIZATIONS = 8;
const HOUR = 3_600_000;

const WORLD = "acknowledged-changes";

/** Lets a process change and acknowledge, and kills it in the middle of it. Gives what it acknowledged until then. */
async function killWhileItChanges(world: FaultWorld, killAfter: number, early = false): Promise<readonly AcknowledgingEvent[]> {
  const organizations: FaultOrganization[] = [];
  for (let made = 0; made < ORGANIZATIONS; made++) organizations.push(await world.organization([{}]));
  const program = await bundle(
    "faults-acknowledging",
    `import { acknowledgeChanges } from "@/testing/faults/acknowledging";
     await acknowledgeChanges(JSON.parse(process.argv[2]));`,
  );
  const options: AcknowledgingOptions = { connection: world.server.connection, organizations, early };
  const changing = world.startProgram<AcknowledgingEvent>(program, options);
  await changing.waitForAny(killAfter);
  await changing.kill();
  await untilNobodyElseIsConnected(world);
  return changing.events;
}

/** What the killed process had sent may still be carried out. */
async function untilNobodyElseIsConnected(world: FaultWorld) {
  await until(
    world.db,
    () => world.db.system.$queryRaw<[{ others: number }]>`
      select count(*)::int as others from pg_stat_activity
      where datname = current_database() and state is not null and state <> 'idle' and pid <> pg_backend_pid()`,
    ([{ others }]) => others === 0,
  );
}

/** What was acknowledged and is not there, in words. */
async function findLost(world: FaultWorld, acknowledged: readonly AcknowledgingEvent[]): Promise<string[]> {
  const lost: string[] = [];
  for (const change of acknowledged) {
    if (change.event === "run") {
      if (!(await world.db.system.run.findUnique({ where: { id: change.runId } }))) lost.push(`run ${change.runId}`);
      continue;
    }
    const stored = await world.db.system.schedule.findUnique({ where: { orgId: change.orgId } });
    const isThere = stored && (stored.version > change.version || (stored.version === change.version && stored.cronExpression === change.cronExpression));
    if (!isThere) lost.push(`version ${change.version} of the schedule of ${change.orgId}`);
  }
  return lost;
}

describe("a process that is killed while people change things", () => {
  it.concurrent(
    "has lost no change that it acknowledged, and no run without its work or work without its run",
    inFaultWorld(WORLD, async (world) => {
      await inRounds(2, async (random) => {
        const acknowledged = await killWhileItChanges(world, pickNumber(random, 2, 60));
        expect(await findLost(world, acknowledged)).toEqual([]);
        const halves = await world.db.system.$queryRaw`
          select r.id, j.id as job from run r full join graphile_worker._private_jobs j on j.payload ->> 'runId' = r.id::text
          where r.id is null or j.id is null`;
        expect(halves).toEqual([]);
        await world.expectSound({ activeForMs: HOUR });
      });
    }),
    timeForRounds(2, 60_000),
  );

  it.concurrent(
    "would lose it if changes were acknowledged before they are committed (control)",
    inFaultWorld(WORLD, async (world) => {
      expect(await findLost(world, await killWhileItChanges(world, 1, true))).toHaveLength(1);
    }),
    PATIENCE_MS,
  );
});
