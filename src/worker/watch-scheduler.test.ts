import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { noteScheduler } from "@/db/scheduler-absence";
import { dispatchDue } from "@/scheduler/dispatch";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { createSchedule } from "@/testing/factories";
import { createNotifyingRule } from "@/testing/notifying";
import { silentLog } from "@/testing/silent-log";
import { createSchedulerWatch } from "./watch-scheduler";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

test("slots that were missed are told of, and an absence of the scheduler by the first one that is there again, once", async () => {
  const notifying = await createNotifyingRule(world, { event: "scheduler_down" });
  await notifying.rule({ event: "slot_missed", channelIds: [(await notifying.channel()).id] });
  const note = () => world.db.withSystem(noteScheduler);
  await world.db.system.installation.upsert({ where: { id: 1 }, create: {}, update: { schedulerSeenAt: null } });
  for (let times = 0; times < 2; times++) await note();
  await world.db.system.$executeRaw`update installation set scheduler_seen_at = clock_timestamp() - interval '38 minutes'`;
  let asked = 0;
  // The first look asks whether one is there, the second one announces that none is.
  const breaking: Database["withSystem"] = (work) => (++asked === 3 ? Promise.reject(new Error("The disk is full.")) : world.db.withSystem(work));
  const look = createSchedulerWatch({ db: { ...world.db, withSystem: breaking }, log: silentLog });
  await look();
  await expect(look()).rejects.toThrow("The disk is full.");
  const announced = [await notifying.judge(), await look().then(notifying.judge), await look().then(notifying.judge)];
  expect(announced).toMatchObject([{ count: 0 }, { count: 1 }, { count: 0 }]);
  await Promise.all([note(), note()]);
  const [lowerBoundAt, nextRunAt] = [new Date("2024-12-31T00:00:00Z"), new Date("2025-01-01T00:00:00Z")];
  await createSchedule(world.db, notifying, { cronExpression: "0 0 1 1 *", lowerBoundAt, nextRunAt });
  await dispatchDue(world.db, silentLog, 900_000);
  expect(await notifying.judge()).toMatchObject({ count: 2 });
  const missed = new Date().getUTCFullYear() - 2024;
  expect((await notifying.notices()).sort((a, b) => (a.type < b.type ? -1 : 1))).toMatchObject([
    { type: "scheduler.down", title: "The scheduler is away", path: "/system" },
    { type: "scheduler.was_down", title: "The scheduler was away", text: expect.stringContaining(`${missed} slots of your schedule were missed`) },
    { type: "slot.missed", title: `${missed} slots missed`, data: { slots: missed, from: nextRunAt.toISOString() } },
  ]);
});
