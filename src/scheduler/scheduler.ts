import type { Database } from "@/db/client";
import { enqueueLeftMessages } from "@/db/left-messages";
import { listNextInstants } from "@/db/next-slots";
import { reapExports } from "@/db/reap-exports";
import { reapRuns, requeueLostRuns } from "@/db/reap-runs";
import type { Clock } from "@/domain/clock";
import { clockSkewMs } from "@/domain/clock-skew";
import { RECONNECT_GRACE_MS } from "@/domain/run-status";
import type { Logger } from "@/log/logger";
import { dispatchDue } from "./dispatch";
import { createSlotKeeper } from "./keep-slots-right";
import type { SchedulerObserver } from "./observer";
import { planWakeUps } from "./plan-wake-ups";
import { createWakeUps } from "./wake-ups";
import { createWatchdog, type Disturbance } from "./watchdog";

const RECONCILE_MS = 60_000;
/** Longer than the grace, so that the look after a notice takes the run. */
const REAP_MS = 5_000;
/** Wake-ups are armed this far ahead, so many at most; the reconcile arms what comes after. */
const HORIZON_MS = 3_600_000;
const MAX_WAKE_UPS = 1_000;
const RETRY_MS = 1_000;
const BEGINNING = new Date(0);
/** First wait for a slot that is due while another process holds it; doubled up to `RETRY_MS`. */
const HELD_MS = 20;

export interface Scheduler {
  /** Takes up what crashed, dispatches what is due, arms what comes. Throws when the database can't be reached. */
  start(): Promise<void>;
  /** Arms nothing more and waits for a dispatch under way. */
  stop(): Promise<void>;
  armedWakeUps(): number;
  nextWakeUpAt(): Date | null;
}

interface SchedulerOptions {
  db: Database;
  log: Logger;
  clock: Clock;
  /** Hard time limit of runs whose schedule sets none. */
  defaultRunLimitMs: number;
  observe?: SchedulerObserver;
  /** For tests: false leaves clocks that are set and stalls to the minute's reconcile. */
  watchdog?: boolean;
}

/**
 * The running clock of one process. Wake-ups make it quick, the minute's reconcile makes it right: whatever was missed (a notification,
 * a stall, a clock set back) is found in the database, where the due rows stand.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { db, log, clock, observe } = options;
  const wakeUps = createWakeUps(() => void look());
  const keeper = createSlotKeeper({ db, log, onCorrected: () => void look() });
  const watchdog = createWatchdog(clock, (disturbance) => void armAnew(disturbance));
  const timers = new Set<NodeJS.Timeout>();
  let near: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let heldRounds = 0;
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
    await dispatchDue(db, log, options.defaultRunLimitMs, observe);
    const askedAt = clock.now();
    const now = await db.now();
    const skewMs = clockSkewMs({ askedAt, databaseAt: now, answeredAt: clock.now() });
    // From the beginning: what is due and still there became due after the dispatch looked, or another process holds it.
    const instants = await listNextInstants(db.system, BEGINNING, new Date(now.getTime() + HORIZON_MS), MAX_WAKE_UPS);
    const { nearMs, far } = planWakeUps(instants, now, skewMs);
    heldRounds = nearMs !== null && nearMs <= 0 ? heldRounds + 1 : 0;
    if (nearMs !== null) wakeIn(nearMs > 0 ? nearMs : Math.min(RETRY_MS, HELD_MS * 2 ** (heldRounds - 1)));
    if (!stopped) await wakeUps.arm(far);
  }

  async function armAnew({ kind, byMs }: Disturbance) {
    if (kind === "clock_moved") log.warn({ byMs }, "this machine's clock was set, or it slept; wake-ups are armed anew");
    else log.warn({ byMs }, "this process stood still; slots are looked for at once");
    await wakeUps.clear();
    await look();
  }

  async function reap(graceMs: number) {
    const { resumed, abandoned } = await db.withSystem((tx) => reapRuns(tx, { graceMs }));
    if (resumed + abandoned > 0) log.warn({ resumed, abandoned }, "runs whose worker is gone were taken up");
    await db.withSystem(reapExports);
    const requeued = await db.withSystem(requeueLostRuns);
    if (requeued > 0) log.warn({ requeued }, "runs that waited with nothing in the queue were queued again");
    if (resumed + abandoned + requeued > 0) observe?.reaped({ resumed, abandoned, requeued });
  }

  function every(ms: number, what: string, work: () => Promise<void>) {
    timers.add(setInterval(() => work().catch((error: Error) => log.warn({ reason: error.message }, `${what} failed, it will be tried again`)), ms));
  }

  return {
    async start() {
      stopped = false;
      await reap(0);
      await dispatchAndArm();
      unsubscribe = [db.listener.subscribe("schedule", () => void look()), db.listener.onReconnect(() => void look())];
      every(RECONCILE_MS, "the reconcile", look);
      every(RECONCILE_MS, "looking for messages that are due", () => db.withSystem(enqueueLeftMessages));
      every(REAP_MS, "looking for crashed runs", () => reap(RECONNECT_GRACE_MS));
      if (options.watchdog ?? true) watchdog.start();
      void keeper.start();
    },
    async stop() {
      stopped = true;
      for (const off of unsubscribe) off();
      for (const timer of timers) clearInterval(timer);
      clearTimeout(near);
      watchdog.stop();
      await keeper.stop();
      await looking;
      await wakeUps.clear();
    },
    armedWakeUps: wakeUps.count,
    nextWakeUpAt: wakeUps.nextAt,
  };
}
