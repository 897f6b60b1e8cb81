import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { gives, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { createWorker } from "@/worker/worker";
import { type FaultOrganization, type FaultWorld, inFaultWorld } from "./fault-world";
import { countMarks, watchTransactions } from "./holds";
import { inRounds, type Random, timeForRounds } from "./seed";

const POINTS = 12;
const PROMISED_MS = 60_000;
/** A mark in the middle of a run of three sources. */
const SOMEWHERE = 15;
const SCRIPTS = [{ items: 4, delayMs: 40 }, { items: 2 }, { items: 3, delayMs: 10 }];

const WORLD = "crashed-worker";

/** At how many points a fault-free run of three sources can be stopped. */
async function countMarksOfRun(world: FaultWorld): Promise<number> {
  const organization = await world.organization(SCRIPTS);
  const sources = await world.db.system.source.findMany({ where: { orgId: organization.orgId } });
  const counter = countMarks(await world.runNow(organization));
  const collectors = scriptedCollector(Object.fromEntries(sources.map(({ id, url }) => [url, gives(...keysOf(organization, id))])));
  const db = watchTransactions(world.db, counter.runIds, counter.pass);
  const worker = createWorker({ db, collectors, connection: world.server.connection, log: silentLog, instanceId: randomUUID(), concurrency: 1 });
  await worker.start();
  await world.untilIdle();
  await worker.stop();
  return counter.passed();
}

const keysOf = ({ items }: FaultOrganization, sourceId: string) => items.find((item) => item.sourceId === sourceId)?.keys ?? [];

/** The moment before the run is taken, when only the queue knows of it, and one at random in each further twelfth of the run. */
function pickPoints(random: Random, marksOfRun: number): number[] {
  return Array.from({ length: POINTS }, (_, index) => (index === 0 ? 0 : Math.floor(((index + random()) / POINTS) * marksOfRun)));
}

/** Runs of one organization each, every one held at a point of its own by a process that is then killed. Returns when it was. */
async function killAt(world: FaultWorld, points: readonly number[]) {
  const organizations = await Promise.all(points.map(() => world.organization(SCRIPTS)));
  const holds = await Promise.all(organizations.map(async (organization, index) => ({ runId: await world.runNow(organization), mark: points[index] ?? 0 })));
  const victim = await world.start({ roles: ["worker"], concurrency: points.length, poolSize: points.length * SCRIPTS.length + 2, holds });
  await Promise.all(holds.map(({ runId }) => victim.waitFor("held", (event) => event.runId === runId)));
  return { organizations, victim, runIds: holds.map(({ runId }) => runId) };
}

const unfinished = (world: FaultWorld, runIds: string[]) => world.db.system.run.count({ where: { id: { in: runIds }, finishedAt: null } });

async function recoveryMs(world: FaultWorld, runIds: string[], killedAt: Date): Promise<number> {
  const runs = await world.db.system.run.findMany({ where: { id: { in: runIds } } });
  expect(runs.map((run) => run.status)).toEqual(runIds.map(() => "succeeded"));
  return Math.max(...runs.map((run) => (run.finishedAt?.getTime() ?? Number.POSITIVE_INFINITY) - killedAt.getTime()));
}

describe("a worker that is killed in the middle of its runs", () => {
  it.concurrent(
    "is replaced by another within a minute, at whatever point each run was, and every item is there once",
    inFaultWorld(WORLD, async (world, { annotate }) => {
      const marksOfRun = await countMarksOfRun(world);
      await inRounds(1, async (random) => {
        const { organizations, victim, runIds } = await killAt(world, pickPoints(random, marksOfRun));
        const other = await world.start({ roles: ["scheduler", "worker"] });
        const { instanceId } = await other.waitFor("ready");
        const killedAt = await world.db.now();
        await victim.kill();
        await world.untilIdle();
        const slowestMs = await recoveryMs(world, runIds, killedAt);
        await annotate(`slowest recovery: ${slowestMs} ms`);
        expect(slowestMs).toBeLessThan(PROMISED_MS);
        await world.expectSound({ items: organizations.flatMap((organization) => organization.items), liveInstances: [instanceId] });
        await other.kill();
      });
    }),
    timeForRounds(1, 90_000),
  );

  it.concurrent(
    "is replaced by nobody while nobody looks for crashed runs (control)",
    inFaultWorld(WORLD, async (world) => {
      const { victim, runIds, organizations } = await killAt(world, [SOMEWHERE]);
      await victim.kill();
      const other = await world.start({ roles: ["worker"] });
      const proof = await world.organization(SCRIPTS);
      const proofRunId = await world.runNow(proof);
      await vi.waitFor(async () => expect(await unfinished(world, [proofRunId])).toBe(0), { timeout: PROMISED_MS });
      expect(await unfinished(world, runIds)).toBe(1);

      const scheduler = await world.start({ roles: ["scheduler"] });
      await world.untilIdle();
      await world.expectSound({ items: organizations.flatMap((organization) => organization.items) });
      await Promise.all([other.kill(), scheduler.kill()]);
    }),
    90_000,
  );
});
