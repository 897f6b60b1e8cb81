import { describe, expect, it } from "vitest";
import { type FaultOrganization, type FaultWorld, inFaultWorld } from "./fault-world";
import { isQuick } from "./seed";

const PROCESSES = 8;
const PROMISED_MS = 60_000;

const WORLD = "crashing-source";

const newestRun = (world: FaultWorld, { orgId }: FaultOrganization) =>
  world.db.system.run.findFirstOrThrow({ where: { orgId }, orderBy: { number: "desc" }, include: { sources: { orderBy: { position: "asc" } } } });

/** Starts a process again whenever it dies, as an operator's service manager would, until no run is active or too many have died. */
async function superviseUntilIdle(world: FaultWorld): Promise<number> {
  for (let died = 0; died < PROCESSES; died++) {
    const instance = await world.start({ roles: ["scheduler", "worker"] });
    const idle = world.untilIdle().then(() => "idle");
    // A process that stays while a run is active for a minute fails the test.
    if ((await Promise.race([idle, instance.exited.then(() => "died")])) === "idle") {
      // A process that is killed before it has told the queue of the end leaves something for the next look for crashed runs.
      await world.expectSound();
      await instance.kill();
      return died;
    }
  }
  throw new Error(`${PROCESSES} processes died.`);
}

// Processes die and start one after the other, which takes minutes on a busy machine. What the reaper and the worker decide is tested beside them.
describe.skipIf(isQuick)("a source whose collection ends the whole process", () => {
  it.concurrent(
    "is quarantined after three crashes, and everything else is collected",
    inFaultWorld(WORLD, async (world) => {
      const bad = await world.organization([{ items: 2 }, { aborts: true }, { items: 3 }]);
      const good = await world.organization([{ items: 4 }]);
      let died = 0;
      for (let runs = 0; runs < 3; runs++) {
        await Promise.all([world.runNow(bad), world.runNow(good)]);
        died += await superviseUntilIdle(world);
        const source = await world.db.system.source.findUniqueOrThrow({ where: { id: bad.sourceIds[1] } });
        if (source.quarantinedAt) break;
      }
      expect(died).toBe(3);
      expect(await world.db.system.source.findMany({ where: { quarantinedAt: { not: null } }, select: { id: true, crashCount: true } })).toEqual([
        { id: bad.sourceIds[1], crashCount: 3 },
      ]);

      await world.runNow(bad);
      expect(await superviseUntilIdle(world)).toBe(0);
      const run = await newestRun(world, bad);
      expect(run.status).toBe("partial");
      expect(run.sources.map(({ status, errorCode }) => [status, errorCode])).toEqual([
        ["succeeded", null],
        ["failed", "quarantined"],
        ["succeeded", null],
      ]);
      expect(await newestRun(world, good)).toMatchObject({ status: "succeeded" });
      const items = [...bad.items.filter(({ sourceId }) => sourceId !== bad.sourceIds[1]), ...good.items, { sourceId: bad.sourceIds[1] ?? "", keys: [] }];
      await world.expectSound({ items, liveInstances: [] });
    }),
    6 * PROMISED_MS,
  );

  it.concurrent(
    "ends one process after the other while nobody looks for crashed runs and counts (control)",
    inFaultWorld(WORLD, async (world) => {
      const bad = await world.organization([{ aborts: true }]);
      for (let round = 0; round < 2; round++) {
        await world.db.system.run.updateMany({ data: { status: "failed", finishedAt: new Date(), leaseToken: null, leaseExpiresAt: null } });
        await world.runNow(bad);
        const instance = await world.start({ roles: ["worker"] });
        expect(await instance.exited).toMatchObject({ signal: "SIGABRT" });
      }
      expect(await world.db.system.source.count({ where: { quarantinedAt: { not: null } } })).toBe(0);
    }),
    2 * PROMISED_MS,
  );
});
