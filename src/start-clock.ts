import type { Gauges } from "@/scheduler/heartbeat";
import { createRetention } from "@/scheduler/retention";
import { createScheduler } from "@/scheduler/scheduler";
import type { OpenProcess } from "./open-process";
import { apiSettings } from "./server-options";

/** The scheduler's part of a process: from now on slots are dispatched and old runs deleted. Returns what it shows of itself. */
export async function startClock(opened: OpenProcess): Promise<() => Pick<Gauges, "armedWakeUps" | "nextWakeUpAt">> {
  const { db, log, clock, env, metrics, life } = opened;
  const scheduler = createScheduler({ db, log, clock, defaultRunLimitMs: apiSettings(env).runLimitMs, observe: metrics.scheduler });
  life.onExit(() => scheduler.stop());
  await scheduler.start();
  const retention = createRetention({ db, log, olderThanDays: env.RUN_RETENTION_DAYS, keepPerOrganization: env.RUN_RETENTION_COUNT });
  life.onExit(() => retention.stop());
  retention.start();
  return () => ({ armedWakeUps: scheduler.armedWakeUps(), nextWakeUpAt: scheduler.nextWakeUpAt() });
}
