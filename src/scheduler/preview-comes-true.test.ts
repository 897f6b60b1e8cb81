import { afterAll, beforeAll, expect, test } from "vitest";
import { listNextInstants } from "@/db/next-slots";
import { DAY_MS } from "@/domain/calendar-days";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { type DatabaseClock, takeOverClock } from "@/testing/database-clock";
import { silentLog } from "@/testing/silent-log";
import { dispatchDue } from "./dispatch";

let world: ApiWorld;
let clock: DatabaseClock;

beforeAll(async () => {
  world = await createApiWorld();
  clock = await takeOverClock(world.testDatabase, new Date("2027-01-01T00:00:00Z"));
});

afterAll(() => world.close());

/** Goes from wake-up to wake-up as the scheduler does, and lets each run end before the next. Returns the instants. */
async function liveThrough(count: number): Promise<Date[]> {
  const wakeUps: Date[] = [];
  while (wakeUps.length < count) {
    const now = await world.db.now();
    const [next] = await world.db.withSystem((tx) => listNextInstants(tx, now, new Date(now.getTime() + 10 * DAY_MS), 1));
    if (!next) break;
    await clock.set(next);
    await dispatchDue(world.db, silentLog, 60_000);
    await world.db.system.run.updateMany({ data: { status: "succeeded", finishedAt: next } });
    wakeUps.push(next);
  }
  return wakeUps;
}

test.each([
  { cronExpression: "30 2 * * *", timeZone: "America/New_York", start: "2027-03-12T12:00:00Z", count: 4 },
  { cronExpression: "0 2,14 * * *", timeZone: "America/New_York", start: "2027-03-13T12:00:00Z", count: 5 },
  { cronExpression: "30 1 * * *", timeZone: "America/New_York", start: "2027-11-05T12:00:00Z", count: 4 },
  { cronExpression: "*/30 * * * *", timeZone: "America/New_York", start: "2027-11-07T03:45:00Z", count: 9 },
  { cronExpression: "*/30 * * * *", timeZone: "America/New_York", start: "2027-03-14T05:45:00Z", count: 6 },
  { cronExpression: "0 0 * * *", timeZone: "America/Santiago", start: "2027-09-03T12:00:00Z", count: 4 },
  { cronExpression: "15 2 * * *", timeZone: "Australia/Lord_Howe", start: "2027-10-01T00:00:00Z", count: 4 },
  { cronExpression: "0 0,23 * * *", timeZone: "America/Nuuk", start: "2027-03-26T12:00:00Z", count: 5 },
  { cronExpression: "*/20 1-3 * * *", timeZone: "Europe/Berlin", start: "2027-03-27T23:30:00Z", count: 9 },
  { cronExpression: "0 2 * * *", timeZone: "Europe/Dublin", start: "2027-03-27T12:00:00Z", count: 3, spreadMs: 900_000 },
])("the slots of $cronExpression in $timeZone from $start on are the rows of its preview", async ({ start, count, ...times }) => {
  await clock.set(new Date(start));
  const { orgId, presetId, session } = await world.organization();
  const owner = world.caller(session);
  const { id: scheduleId } = await owner.schedule.update({ ...times, presetId, enabled: true });
  const preview = await owner.schedule.preview({ ...times, count });
  const ahead = await owner.schedule.preview({ ...times, count, from: new Date(new Date(start).getTime() + 1) });
  if (!preview.ok || !ahead.ok) throw new Error("There is no preview.");
  expect(ahead.rows).toEqual(preview.rows);

  const wakeUps = await liveThrough(count);
  const ledger = await world.db.system.run.findMany({ where: { orgId }, orderBy: { number: "asc" } });
  expect(ledger.map(({ slotAt }) => slotAt)).toEqual(preview.rows.map(({ at }) => at));
  expect(wakeUps).toEqual(preview.rows.map(({ startsAt }) => startsAt));
  expect(ledger).toHaveLength(count);
  expect(ledger.map(({ supersededCount, missedCount }) => supersededCount + missedCount)).toEqual(Array(count).fill(0));
  await world.db.system.schedule.delete({ where: { id: scheduleId } });
});
