import { formatCount } from "@/ui/display/count";
import { formatDuration } from "@/ui/time/duration";
import { aliveInstances, type SystemStatus } from "./system-readings";
import type { Reading } from "./system-tile";

/** A run that waits this long for a worker needs more of them. */
const LONG_WAIT_MS = 60_000;

export function readScheduler({ schedulerAlive, schedulerLastSeenAt }: SystemStatus): Reading {
  const at = schedulerLastSeenAt ? { label: "Last seen", instant: schedulerLastSeenAt } : undefined;
  if (schedulerAlive) return { state: "good", word: "Running", detail: "It checks in every few seconds.", at };
  return { state: "bad", word: schedulerLastSeenAt ? "Silent" : "Not seen yet", detail: "Scheduled runs will not start.", at };
}

export function readWakeUps({ instances }: SystemStatus): Reading {
  const alive = aliveInstances(instances, "scheduler");
  if (alive.length === 0) return { state: "bad", word: "None armed", detail: "No scheduler is there to arm one." };
  const armed = Math.max(...alive.map((instance) => instance.armedWakeUps));
  const next = alive.flatMap((instance) => instance.nextWakeUpAt ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];
  if (armed === 0) return { state: "quiet", word: "None armed", detail: "No schedule is due soon." };
  return { state: "good", word: `${armed} armed`, detail: "Times at which a schedule is due.", at: next && { label: "Next", instant: next } };
}

export function readWorkers({ instances, holdReason }: SystemStatus): Reading {
  const alive = aliveInstances(instances, "worker");
  const [first] = alive;
  if (!first) return { state: "bad", word: "None", detail: "Nothing is collected. Start a worker process, or give a process the worker role." };
  if (holdReason) return { state: "bad", word: "Holding", detail: holdReason };
  const holding = alive.filter((instance) => instance.holdReason !== null);
  if (holding[0])
    return { state: "warning", word: `${holding.length} of ${alive.length} holding`, detail: `${holding[0].host ?? "A process"}: ${holding[0].holdReason}` };
  const busy = alive.filter((instance) => instance.activeRuns > 0).length;
  const detail = alive.length === 1 ? "1 process takes runs." : `${alive.length} processes take runs, ${busy} of them at work.`;
  return { state: "good", word: busy > 0 ? "Collecting" : "Ready", detail };
}

export function readQueue({ queuedRuns, runningRuns, longestWaitMs }: SystemStatus): Reading {
  const going = `${runningRuns === 1 ? "1 run" : `${formatCount(runningRuns)} runs`} going.`;
  if (longestWaitMs === null) return { state: "good", word: "Empty", detail: `No run waits for a worker, ${going}` };
  const detail = `The longest has waited for ${formatDuration(longestWaitMs)}, ${going}`;
  return { state: longestWaitMs > LONG_WAIT_MS ? "warning" : "good", word: `${formatCount(queuedRuns)} waiting`, detail };
}
