import type { Database } from "@/db/client";
import { reapRuns, requeueLostRuns } from "@/db/run-lease";
import { listNextInstants } from "@/db/schedules";
import type { Clock } from "@/domain/clock";
import type { Logger } from "@/log/logger";
import { dispatchDue } from "./dispatch";
import { recomputeSlots } from "./recompute-slots";
import { createWakeUps } from "./wake-ups";

const RECONCILE_MS = 60_000;
const REAP_MS = 10_000;
const RECOMPUTE_MS = 24 * 3_600_000;
/** Wake-ups are armed this far ahead, so many at most; the reconcile arms what comes after. */
const HORIZON_MS = 3_600_000;
const MAX_WAKE_UPS = 1_000;
/** Nearer than this an instant is waited for with a timer: node-cron's whole seconds are too coarse. */
const NEAR_MS = 1_500;
/** Smaller differences between the two clocks are the network's. */
const SKEW_IGNORED_MS = 500;
const RETRY_MS = 1_000;

export interface Scheduler {
  /** Takes up what crashed, dispatches what is due, arms what comes. Throws when the database can't be reached. */
  start(): Promise<void>;
  /** Arms nothing more and waits for a dispatch under way. */
  stop(): Promise<void>;
  armedWakeUps(): number;
  nextWakeUpAt(): Date | null;
}

export interface SchedulerOptions {
  db: Database;
  log: Logger;
  clock: Clock;
  /** Hard time limit of runs whose schedule sets none. */
  defaultRunLimitMs: number;
}

/**
 * The running clock of one process. Wake-ups make it quick, the minute's reconcile makes it right: whatever was missed (a notification,
 * a stall, a clock set back) is found in the database, where the due rows stand.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { db, log, clock } = options;
  const wakeUps = createWakeUps(() => void look());
  const timers = new Set<NodeJS.Timeout>();
  let near: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  let unsubscribe: (() => void)[] = [];

  /** Dispatches and arms. Calls that come while one is under way are answered by one more round after it. */
  function look(): Promise<void> {
    if (stopped) return Promise.resolve();
    if (looking !== undefined) again = true;
    looking ??= rounds().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function rounds() {
    do {
      again = false;
      await dispatchAndArm().catch(retryShortly);
    } while (again && !stopped);
  }

  function retryShortly(error: Error) {
    log.error({ err: error }, "slots could not be dispatched, trying again in a second");
    wakeIn(RETRY_MS);
  }

  function wakeIn(ms: number) {
    clearTimeout(near);
    if (!stopped) near = setTimeout(() => void look(), ms);
  }

  async function dispatchAndArm() {
    await dispatchDue(db, log, options.defaultRunLimitMs);
    const asked = clock.now().getTime();
    const now = await db.now();
    const skewMs = asked - now.getTime();
    const instants = await listNextInstants(db.system, now, new Date(now.getTime() + HORIZON_MS), MAX_WAKE_UPS);
    const next = instants[0];
    if (next && next.getTime() - now.getTime() < NEAR_MS) wakeIn(next.getTime() - now.getTime());
    const shift = Math.abs(skewMs) > SKEW_IGNORED_MS ? skewMs : 0;
    const far = instants.filter((at) => at.getTime() - now.getTime() >= NEAR_MS).map((at) => new Date(Math.ceil((at.getTime() + shift) / 1000) * 1000));
    if (!stopped) await wakeUps.arm(far);
  }

  async function reap() {
    const { resumed, abandoned } = await db.withSystem(reapRuns);
    if (resumed + abandoned > 0) log.warn({ resumed, abandoned }, "runs whose worker is gone were taken up");
    const requeued = await db.withSystem(requeueLostRuns);
    if (requeued > 0) log.warn({ requeued }, "runs that waited with nothing in the queue were queued again");
  }

  async function recompute() {
    const corrected = await recomputeSlots(db);
    if (corrected > 0) log.info({ corrected }, "next slots were corrected");
  }

  function every(ms: number, what: string, work: () => Promise<void>) {
    timers.add(setInterval(() => work().catch((error: Error) => log.warn({ reason: error.message }, `${what} failed, it will be tried again`)), ms));
  }

  return {
    async start() {
      stopped = false;
      await reap();
      await recompute();
      await dispatchAndArm();
      unsubscribe = [db.listener.subscribe("schedule", () => void look()), db.listener.onReconnect(() => void look())];
      every(RECONCILE_MS, "the reconcile", look);
      every(REAP_MS, "looking for crashed runs", reap);
      every(RECOMPUTE_MS, "recomputing slots", recompute);
    },
    async stop() {
      stopped = true;
      for (const off of unsubscribe) off();
      for (const timer of timers) clearInterval(timer);
      clearTimeout(near);
      await looking;
      await wakeUps.clear();
    },
    armedWakeUps: wakeUps.count,
    nextWakeUpAt: wakeUps.nextAt,
  };
}
