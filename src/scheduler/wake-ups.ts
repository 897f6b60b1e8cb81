import cron, { type ScheduledTask } from "node-cron";

/** A node-cron job that was late by this much (a stalled event loop) still fires. */
const TOLERANCE_MS = 3_600_000;

export interface WakeUps {
  /** From now on exactly these instants are armed; those that stay armed are left alone. */
  arm(instants: readonly Date[]): Promise<void>;
  clear(): Promise<void>;
  count(): number;
  nextAt(): Date | null;
}

/** Seconds, minutes, hours, day and month of one UTC instant. node-cron reads no year, so each job is ended after it fired. */
function utcPattern(at: Date): string {
  return `${at.getUTCSeconds()} ${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`;
}

/**
 * One node-cron job for each distinct instant, in UTC: time zones are the time engine's business. A wake-up only says "look at the
 * database"; one too many claims nothing, so a stale one needs no disarming to be safe.
 */
export function createWakeUps(fire: () => void): WakeUps {
  const armed = new Map<number, ScheduledTask>();

  async function disarm(at: number) {
    const job = armed.get(at);
    armed.delete(at);
    await job?.destroy();
  }

  function armOne(at: Date) {
    const job = cron.schedule(
      utcPattern(at),
      () => {
        armed.delete(at.getTime());
        fire();
        // Not awaited: node-cron waits for this function before it lets the job be destroyed.
        void Promise.resolve(job.destroy());
      },
      { timezone: "Etc/UTC", maxExecutions: 1, missedExecutionTolerance: TOLERANCE_MS, suppressMissedWarning: true },
    );
    armed.set(at.getTime(), job);
  }

  return {
    async arm(instants) {
      const wanted = new Set(instants.map((at) => at.getTime()));
      for (const at of [...armed.keys()]) if (!wanted.has(at)) await disarm(at);
      for (const at of instants) if (!armed.has(at.getTime())) armOne(at);
    },
    async clear() {
      for (const at of [...armed.keys()]) await disarm(at);
    },
    count: () => armed.size,
    nextAt: () => (armed.size === 0 ? null : new Date(Math.min(...armed.keys()))),
  };
}
