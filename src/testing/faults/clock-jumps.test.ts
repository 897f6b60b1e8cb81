import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundle } from "@/testing/bundle";
import { until } from "@/testing/until";
import { dispatchDelayMs, makeNearSlot, planNearSlot } from "./due-slots";
import { createFaultWorld, type FaultWorld, inFaultWorld, PATIENCE_MS, untilReport } from "./fault-world";

const PROMISED_MS = 60_000;
/** Looking at the database every minute, on each of six wake-ups and for crashed runs is far less than this. */
const STORM = 100;
const SLOTS = 4;
const WORLD = "clock-jumps";
/** Far enough to be armed as wake-ups before the clock is moved. */
const FIRST_SLOT_MS = 8_000;

/** Where distributions put it. It changes what a process sees of the wall clock, and not its monotonic clock. */
const LIBRARIES = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib/faketime", "/usr/lib64/faketime"].map((folder) =>
  path.join(folder, folder.includes("gnu") ? "faketime/libfaketime.so.1" : "libfaketime.so.1"),
);
const library = LIBRARIES.find((file) => fs.existsSync(file));

/** A wall clock of a process of its own, which can be moved while it runs, and its file removed at the end. */
function createWallClock(): { environment: Record<string, string>; set(change: string): void; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-clock-"));
  const file = path.join(folder, "offset");
  const set = (change: string) => fs.writeFileSync(file, `${change}\n`);
  set("+0");
  return {
    set,
    environment: { LD_PRELOAD: library ?? "", FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Four organizations, each with a slot of its own in the next seconds. */
async function makeSlots(world: FaultWorld) {
  const now = await world.db.now();
  return Promise.all(
    Array.from({ length: SLOTS }, async (_, index) => {
      const slot = planNearSlot(now, FIRST_SLOT_MS + index * 1_000);
      return { slot, segment: await makeNearSlot(world.db, await world.organization([{}], slot.orgId), slot) };
    }),
  );
}

/** Moves the clock of a scheduler that waits for four slots, and gives how late it dispatched each. */
async function dispatchWithClock(change: string) {
  const [world, clock] = [await createFaultWorld(WORLD), createWallClock()];
  try {
    return { change, ...(await dispatchSlots(world, clock, change)) };
  } finally {
    await world.close();
    clock.remove();
  }
}

async function dispatchSlots(world: FaultWorld, clock: ReturnType<typeof createWallClock>, change: string) {
  const instance = await world.start({ roles: ["scheduler", "worker"] }, clock.environment);
  const slots = await makeSlots(world);
  await untilReport(instance, ({ armedWakeUps }) => armedWakeUps === SLOTS);
  clock.set(change);
  const delaysMs: number[] = [];
  for (const { slot } of slots) delaysMs.push(await untilDispatched(world, slot.orgId));
  const { transactions } = await untilReport(instance, () => true);
  await world.untilIdle();
  await world.expectSound({ schedules: slots.map(({ segment }) => segment) });
  return { delaysMs, transactions };
}

async function untilDispatched({ db }: FaultWorld, orgId: string): Promise<number> {
  const delayMs = await until(
    db,
    () => dispatchDelayMs(db, orgId),
    (seen) => seen !== null,
    2 * PROMISED_MS,
  );
  return delayMs ?? Number.POSITIVE_INFINITY;
}

// A machine without the library cannot do this to a process.
describe.skipIf(!library)("a scheduler whose wall clock is moved (needs libfaketime)", () => {
  it.concurrent(
    "dispatches every slot once within a minute, and asks the database no more than before",
    async () => {
      // An hour ahead, an hour back, half as fast and twice as fast.
      const delays = await Promise.all(["+1h", "-1h", "+0 x0.5", "+0 x2"].map(dispatchWithClock));
      for (const { change, delaysMs, transactions } of delays) {
        expect(Math.max(...delaysMs), `slowest dispatch, clock ${change}`).toBeLessThan(PROMISED_MS + 1_000);
        expect(transactions, `transactions, clock ${change}`).toBeLessThan(STORM);
      }
    },
    4 * PROMISED_MS,
  );

  it.concurrent(
    "an hour back loses the slot where a timer is all that knows of it (control)",
    inFaultWorld(WORLD, async (world) => {
      const program = await bundle(
        "faults-timer-set-back",
        `import cron from "node-cron";
         const at = new Date(Math.ceil((Date.now() + 2_000) / 1_000) * 1_000);
         let fired = 0;
         cron.schedule(\`\${at.getUTCSeconds()} \${at.getUTCMinutes()} \${at.getUTCHours()} * * *\`, () => fired++, { timezone: "Etc/UTC" });
         process.send({ event: "armed" });
         setTimeout(() => process.send({ event: "fired", count: fired }), 6_000);
         process.on("disconnect", () => process.exit(1));`,
      );
      const clock = createWallClock();
      const timer = world.startProgram<{ event: "armed" } | { event: "fired"; count: number }>(program, {}, clock.environment);
      await timer.waitFor("armed");
      clock.set("-1h");
      expect(await timer.waitFor("fired")).toMatchObject({ count: 0 });
      clock.remove();
    }),
    PATIENCE_MS,
  );
});
