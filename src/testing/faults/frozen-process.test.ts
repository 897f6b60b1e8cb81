import { describe, expect, it } from "vitest";
import { bundle } from "@/testing/bundle";
import { until } from "@/testing/until";
import { dispatchDelayMs, makeNearSlot, planNearSlot } from "./due-slots";
import { type FaultWorld, type Instance, inFaultWorld, PATIENCE_MS, untilReport } from "./fault-world";
import { inRounds, isQuick, pickNumber, timeForRounds } from "./seed";

const MINUTE = 60_000;
/** Deaf, so that it goes on to write even when it has heard of the loss of its lease by then. */
const SLOW = { delayMs: 1_500, deaf: true };

const WORLD = "frozen-process";

/** An organization whose slot comes in so many milliseconds. */
async function slotIn(world: FaultWorld, ms: number) {
  const slot = planNearSlot(await world.db.now(), ms);
  const organization = await world.organization([{ items: 2 }], slot.orgId);
  return { organization, slot, segment: await makeNearSlot(world.db, organization, slot) };
}

const untilDispatched = (world: FaultWorld, orgId: string) =>
  until(
    world.db,
    () => dispatchDelayMs(world.db, orgId),
    (delayMs) => delayMs !== null,
    MINUTE,
  );
const untilDatabaseTime = (world: FaultWorld, at: Date) =>
  until(
    world.db,
    () => world.db.now(),
    (now) => now > at,
    MINUTE,
  );

describe("a process that does nothing at the moment when a slot is due", () => {
  it.concurrent(
    "dispatches it late, and once, when its event loop was busy",
    inFaultWorld(WORLD, async (world) => {
      await inRounds(1, async (random) => {
        const instance = await world.start({ roles: ["scheduler", "worker"] });
        const { organization, slot, segment } = await slotIn(world, 4_000);
        const untilDueMs = slot.dueAt.getTime() - (await world.db.now()).getTime();
        instance.send({ command: "block", ms: untilDueMs + pickNumber(random, 2_000, isQuick ? 4_000 : 30_000) });
        await instance.waitFor("blocked");
        expect(await untilDispatched(world, organization.orgId)).toBeGreaterThan(1_000);
        await world.untilIdle();
        await world.expectSound({ schedules: [segment], items: organization.items });
        await instance.kill();
      });
    }),
    timeForRounds(1, 2 * MINUTE),
  );

  it.concurrent(
    "dispatches it late, and once, when it was frozen",
    inFaultWorld(WORLD, async (world) => {
      const instance = await world.start({ roles: ["scheduler", "worker"] });
      const { organization, slot, segment } = await slotIn(world, 4_000);
      instance.signal("SIGSTOP");
      await untilDatabaseTime(world, new Date(slot.dueAt.getTime() + 2_000));
      expect(await dispatchDelayMs(world.db, organization.orgId)).toBeNull();
      instance.signal("SIGCONT");
      expect(await untilDispatched(world, organization.orgId)).toBeGreaterThan(2_000);
      await world.untilIdle();
      await world.expectSound({ schedules: [segment], items: organization.items });
    }),
    2 * MINUTE,
  );

  it.concurrent(
    "loses it where a timer is all that knows of it (control)",
    inFaultWorld(WORLD, async (world) => {
      const program = await bundle(
        "faults-plain-timer",
        `import cron from "node-cron";
       const at = new Date(Math.ceil((Date.now() + 1_000) / 1_000) * 1_000);
       let fired = 0;
       cron.schedule(\`\${at.getUTCSeconds()} \${at.getUTCMinutes()} * * * *\`, () => fired++, { timezone: "Etc/UTC" });
       const busyUntil = at.getTime() + 3_000;
       setTimeout(() => {
         while (Date.now() < busyUntil);
         setTimeout(() => process.send({ event: "fired", count: fired }), 2_000);
       }, 200);
       process.on("disconnect", () => process.exit(1));`,
      );
      const timer = world.startProgram<{ event: "fired"; count: number }>(program, {});
      expect(await timer.waitFor("fired")).toMatchObject({ count: 0 });
    }),
    PATIENCE_MS,
  );
});

describe("a worker that is frozen for longer than its lease", () => {
  /** A run whose worker is frozen while it collects the source, and goes on when it is thawed. */
  async function freeze(
    world: FaultWorld,
  ): Promise<{ frozen: Instance; runId: string; instanceId: string; items: { sourceId: string; keys: readonly string[] }[] }> {
    const organization = await world.organization([SLOW]);
    const runId = await world.runNow(organization);
    const frozen = await world.start({ roles: ["worker"] });
    const { instanceId } = await frozen.waitFor("ready");
    await frozen.waitFor("collecting");
    frozen.signal("SIGSTOP");
    return { frozen, runId, instanceId, items: organization.items };
  }

  /** Thaws the process and resolves when it is done with the run. */
  async function thaw(frozen: Instance): Promise<void> {
    frozen.signal("SIGCONT");
    await frozen.waitFor("collected");
    await untilReport(frozen, ({ activeRuns }) => activeRuns === 0);
  }

  const readRun = (world: FaultWorld, id: string) => world.db.system.run.findUniqueOrThrow({ where: { id } });
  const collectedBy = async (world: FaultWorld) => {
    const items = await world.db.system.item.findMany({ select: { fields: true } });
    return [...new Set(items.map(({ fields }) => (fields as { collectedBy: string }).collectedBy))];
  };

  it.concurrent(
    "writes nothing when it goes on, because another has finished its run",
    inFaultWorld(WORLD, async (world) => {
      const { frozen, runId, items } = await freeze(world);
      // The lease is a minute; waiting for it would be all that this test does.
      await world.db.system.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });
      const other = await world.start({ roles: ["scheduler", "worker"] });
      const { instanceId } = await other.waitFor("ready");
      await world.untilIdle();
      const finished = await readRun(world, runId);
      expect(finished).toMatchObject({ status: "succeeded", attempt: 2 });
      await thaw(frozen);
      expect(await readRun(world, runId)).toEqual(finished);
      expect(await collectedBy(world)).toEqual([instanceId]);
      await world.expectSound({ items });
    }),
    2 * MINUTE,
  );

  it.concurrent(
    "goes on as if nothing had been while its lease holds (control)",
    inFaultWorld(WORLD, async (world) => {
      const { frozen, runId, instanceId, items } = await freeze(world);
      await thaw(frozen);
      await world.untilIdle();
      expect(await readRun(world, runId)).toMatchObject({ status: "succeeded", attempt: 1 });
      expect(await collectedBy(world)).toEqual([instanceId]);
      await world.expectSound({ items });
    }),
    PATIENCE_MS,
  );
});
