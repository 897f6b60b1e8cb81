import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { withClient } from "@/db/connect";
import { type MeasuredProcess, startNode } from "./measured-process";

const START_WITHIN_MS = 60_000;
const CHECKED_WITHIN_MS = 300_000;
const LOOK_MS = 50;

export interface Armed {
  /** Wake-ups. */
  armed: number;
  tookMs: number;
  at: number;
}

interface Batch {
  dispatched: number;
  at: number;
}

/** A process with Milkrun's clock, connected to the database and not started yet. */
export async function connectMilkrun(connection: pg.ClientConfig): Promise<MeasuredProcess> {
  const milkrun = startNode("milkrun", { connection });
  await milkrun.expect("connected", START_WITHIN_MS);
  return milkrun;
}

export async function arm(milkrun: MeasuredProcess): Promise<Armed> {
  milkrun.tell({ go: true });
  return milkrun.expect<Armed>("armed", START_WITHIN_MS);
}

/** Waits until so many slots were dispatched by these processes together. Returns when the last one was committed. */
export async function lastDispatchAt(processes: readonly MeasuredProcess[], slots: number, withinMs: number): Promise<number> {
  const deadline = performance.now() + withinMs;
  const done = { slots: 0, at: 0 };
  const follow = async (one: MeasuredProcess) => {
    while (done.slots < slots) {
      const batch = await one.expectUnless<Batch>(() => done.slots >= slots, "dispatched", deadline - performance.now());
      done.slots += batch?.dispatched ?? 0;
      done.at = Math.max(done.at, batch?.at ?? 0);
    }
  };
  await Promise.all(processes.map(follow));
  return done.at;
}

/** Waits until the stored slots were checked in the background: the program notes the version of its time zone data then. */
export async function untilSlotsChecked(owner: pg.ClientConfig): Promise<void> {
  const deadline = performance.now() + CHECKED_WITHIN_MS;
  await withClient(owner, async (client) => {
    while (!(await client.query("select 1 from installation where time_zone_data is not null")).rowCount) {
      if (performance.now() > deadline) throw new Error("The stored slots were not checked in time.");
      await sleep(LOOK_MS);
    }
  });
}
