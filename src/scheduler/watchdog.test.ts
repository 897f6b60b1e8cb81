import pino from "pino";
import { describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { notifySchedules } from "@/db/notify";
import { type Clock, systemClock } from "@/domain/clock";
import { createTestDatabase } from "@/testing/database";
import { createOrganization, createSchedule } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createScheduler } from "./scheduler";
import { judgeReadings } from "./watchdog";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("two readings of both clocks, meant to be a second apart", () => {
  it.each([
    { what: "both went on a second", wall: 1_000, monotonic: 1_000, expected: null },
    { what: "the clock is slewed", wall: 1_100, monotonic: 1_000, expected: null },
    { what: "the clock was set on by exactly what is tolerated", wall: 6_000, monotonic: 1_000, expected: null },
    { what: "a millisecond more", wall: 6_001, monotonic: 1_000, expected: { kind: "clock_moved", byMs: 5_001 } },
    { what: "the clock was set back an hour", wall: 1_000 - HOUR, monotonic: 1_000, expected: { kind: "clock_moved", byMs: -HOUR } },
    {
      what: "the machine slept for an hour: only the wall clock counts that",
      wall: 1_000 + HOUR,
      monotonic: 1_000,
      expected: { kind: "clock_moved", byMs: HOUR },
    },
    { what: "the process stood still for as long as is tolerated", wall: 6_000, monotonic: 6_000, expected: null },
    { what: "a millisecond longer", wall: 6_001, monotonic: 6_001, expected: { kind: "stalled", byMs: 5_001 } },
    { what: "it stood still while the clock was set back", wall: -20_000, monotonic: 31_000, expected: { kind: "clock_moved", byMs: -51_000 } },
  ])("$what", ({ wall, monotonic, expected }) => {
    const before = { wallMs: 1_700_000_000_000, monotonicMs: 50_000 };
    expect(judgeReadings(before, { wallMs: before.wallMs + wall, monotonicMs: before.monotonicMs + monotonic })).toEqual(expected);
  });
});

/** A slot that came half an hour ago, stored behind the schedulers' backs: they hear of nothing. */
async function makeDueUnheard(db: Database): Promise<void> {
  const organization = await createOrganization(db);
  const slot = new Date(Math.floor(((await db.now()).getTime() - HOUR / 2) / MINUTE) * MINUTE);
  await createSchedule(db, organization, { cronExpression: `${slot.getUTCMinutes()} * * * *`, lowerBoundAt: new Date(slot.getTime() - 1), nextRunAt: slot });
}

/** A scheduler in a database of its own, whose clock can be set. */
async function startWorld(watchdog: boolean) {
  const server = await createTestDatabase();
  const db = createDatabase(server.connection, { poolSize: 4, log: silentLog });
  await db.listener.start();
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  let setByMs = 0;
  const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + setByMs) };
  const scheduler = createScheduler({ db, clock, log, defaultRunLimitMs: HOUR, watchdog });
  await scheduler.start();
  return {
    db,
    lines,
    setClock: (byMs: number) => {
      setByMs = byMs;
    },
    untilRun: () =>
      until(
        db,
        () => db.system.run.count(),
        (runs) => runs === 1,
      ),
    async stop() {
      await scheduler.stop();
      await db.close();
      await server.drop();
    },
  };
}

describe("a clock that is set while the scheduler runs", () => {
  it.each([HOUR, -HOUR])(
    "by %i ms is noticed at once and what is due is looked for; control: without the watchdog nothing happens until the reconcile",
    async (byMs) => {
      const [guarded, control] = await Promise.all([startWorld(true), startWorld(false)]);
      for (const world of [guarded, control]) {
        await makeDueUnheard(world.db);
        world.setClock(byMs);
      }
      await guarded.untilRun();
      expect(guarded.lines.filter((line) => line.includes("clock was set"))).toHaveLength(1);
      expect(await control.db.system.run.count()).toBe(0);
      expect(control.lines).toEqual([]);
      // It would have dispatched, had it looked.
      await control.db.withSystem(notifySchedules);
      await control.untilRun();
      await Promise.all([guarded.stop(), control.stop()]);
    },
  );
});
