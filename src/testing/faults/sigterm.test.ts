import { describe, expect, it, vi } from "vitest";
import { type FaultWorld, inFaultWorld, PATIENCE_MS } from "./fault-world";
import { inRounds, pickNumber, timeForRounds } from "./seed";

const ORGANIZATIONS = 8;
const PROMISED_MS = 30_000;
/** Longer than running work may go on after SIGTERM. */
const LONG = [{ delayMs: 2_000 }, { items: 2 }];
const FINISH_MS = 300;

const WORLD = "sigterm";

const statuses = async (world: FaultWorld, ids: string[]) => (await world.db.system.run.findMany({ where: { id: { in: ids } } })).map((run) => run.status);

describe("a process that is asked to stop", () => {
  it.concurrent(
    "ends its work or hands it back within 30 seconds, whatever it is doing, and nothing is lost",
    inFaultWorld(WORLD, async (world) => {
      await inRounds(2, async (random) => {
        const short = await Promise.all(
          Array.from({ length: ORGANIZATIONS }, () => world.organization([{ delayMs: pickNumber(random, 0, 200) }, { items: 4 }])),
        );
        const organizations = [...short, await world.organization(LONG)];
        await Promise.all(organizations.map((organization) => world.runNow(organization)));
        const instance = await world.start({ roles: ["scheduler", "worker"], finishMs: FINISH_MS });
        await instance.waitFor("collecting", undefined, pickNumber(random, 1, 2 * ORGANIZATIONS));
        const askedMs = performance.now();
        instance.signal("SIGTERM");
        expect(await instance.exited).toEqual({ code: 0, signal: null });
        expect(performance.now() - askedMs).toBeLessThan(PROMISED_MS);
        expect(await world.db.system.run.count({ where: { OR: [{ status: "running" }, { status: "queued", attempt: { not: 0 } }] } })).toBe(0);

        const other = await world.start({ roles: ["worker"] });
        await world.untilIdle();
        const { instanceId } = await other.waitFor("ready");
        await world.expectSound({ items: organizations.flatMap(({ items }) => items), liveInstances: [instanceId] });
        await other.kill();
      });
    }),
    timeForRounds(2, 60_000),
  );

  it.concurrent(
    "leaves its runs to be looked for when it is killed instead (control)",
    inFaultWorld(WORLD, async (world) => {
      const runId = await world.runNow(await world.organization(LONG));
      const instance = await world.start({ roles: ["worker"] });
      await instance.waitFor("collecting");
      await instance.kill();
      expect(await statuses(world, [runId])).toEqual(["running"]);
    }),
    PATIENCE_MS,
  );

  it.concurrent(
    "ends at once when it is asked again",
    inFaultWorld(WORLD, async (world) => {
      const runId = await world.runNow(await world.organization([{ delayMs: 60_000, deaf: true }]));
      const instance = await world.start({ roles: ["worker"], finishMs: FINISH_MS });
      await instance.waitFor("collecting");
      instance.signal("SIGTERM");
      await vi.waitFor(() => expect(instance.output()).toContain('"stopping"'), { timeout: PROMISED_MS });
      expect(instance.isRunning()).toBe(true);
      const askedMs = performance.now();
      await vi.waitFor(
        () => {
          instance.signal("SIGTERM");
          expect(instance.isRunning()).toBe(false);
        },
        { timeout: PROMISED_MS, interval: 300 },
      );
      expect(await instance.exited).toEqual({ code: 1, signal: null });
      expect(performance.now() - askedMs).toBeLessThan(20_000);
      expect(await statuses(world, [runId])).toEqual(["running"]);
    }),
    PATIENCE_MS,
  );
});
