import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/api/root";
import { formatBytes } from "@/ui/display/format-bytes";
import { formatDuration } from "@/ui/time/duration";

/** What the server says about itself. */
export type SystemStatus = inferRouterOutputs<AppRouter>["system"]["status"];

/** One reading. `unknown` = it could not be read, which must never look well. */
export interface SystemTile {
  name: string;
  state: "good" | "quiet" | "warning" | "bad" | "unknown";
  word: string;
  detail: string;
  /** The instant that the reading is about, with what it is: "Last seen". */
  at?: { label: string; instant: Date };
}

/** From here on, times of the processes and of the database contradict each other visibly. */
const SKEW_WARNING_MS = 2_000;

const NAMES = ["Scheduler", "Wake-ups", "Worker", "Database", "Clocks", "Version"] as const;

/** The tiles of the System page; `null` = there is no reading that can be trusted. */
export function systemTiles(status: SystemStatus | null): SystemTile[] {
  if (!status) return NAMES.map((name) => ({ name, state: "unknown", word: "Unknown", detail: "The server did not answer." }));
  return [scheduler(status), wakeUps(status), worker(status), database(status), clocks(status), version(status)];
}

function scheduler({ schedulerAlive, schedulerLastSeenAt }: SystemStatus): SystemTile {
  const at = schedulerLastSeenAt ? { label: "Last seen", instant: schedulerLastSeenAt } : undefined;
  if (schedulerAlive) return { name: "Scheduler", state: "good", word: "Running", detail: "It checks in every few seconds.", at };
  return { name: "Scheduler", state: "bad", word: schedulerLastSeenAt ? "Silent" : "Not seen yet", detail: "Scheduled runs will not start.", at };
}

function wakeUps(status: SystemStatus): SystemTile {
  const alive = status.instances.filter((instance) => instance.alive);
  if (alive.length === 0) return { name: "Wake-ups", state: "bad", word: "None armed", detail: "No scheduler is there to arm one." };
  const armed = Math.max(...alive.map((instance) => instance.armedWakeUps));
  const next = alive.flatMap((instance) => instance.nextWakeUpAt ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];
  if (armed === 0) return { name: "Wake-ups", state: "quiet", word: "None armed", detail: "No schedule is due soon." };
  return { name: "Wake-ups", state: "good", word: `${armed} armed`, detail: "Times at which a schedule is due.", at: next && { label: "Next", instant: next } };
}

function worker({ instances, queuedRuns, runningRuns }: SystemStatus): SystemTile {
  const detail = `${runsWords(runningRuns)} going, ${queuedRuns} queued.`;
  if (!instances.some((instance) => instance.alive)) return { name: "Worker", state: "bad", word: "None", detail: `${detail} Nothing collects them.` };
  return { name: "Worker", state: "good", word: runningRuns > 0 ? "Collecting" : "Ready", detail };
}

function database({ postgresVersion, databaseBytes, databaseTime }: SystemStatus): SystemTile {
  const detail = `PostgreSQL ${postgresVersion}, ${formatBytes(databaseBytes)}.`;
  return { name: "Database", state: "good", word: "Answering", detail, at: { label: "Its clock", instant: databaseTime } };
}

function clocks({ clockSkewMs, instances }: SystemStatus): SystemTile {
  const skews = [clockSkewMs, ...instances.filter((instance) => instance.alive).map((instance) => instance.clockSkewMs)];
  const worst = Math.max(...skews.map(Math.abs));
  const apart = `Server and database are ${formatDuration(worst)} apart`;
  if (worst <= SKEW_WARNING_MS) return { name: "Clocks", state: "good", word: "In step", detail: `${apart}.` };
  return {
    name: "Clocks",
    state: "warning",
    word: "Out of step",
    detail: `${apart}. Runs follow the database's clock. Check the time service of both machines.`,
  };
}

function version({ version: own, timeZoneData, instances }: SystemStatus): SystemTile {
  const versions = new Set([own, ...instances.filter((instance) => instance.alive).map((instance) => instance.version)]);
  const rules = `Time zone rules: ${timeZoneData}.`;
  if (versions.size === 1) return { name: "Version", state: "good", word: `Milkrun ${own}`, detail: rules };
  return { name: "Version", state: "warning", word: "Mixed", detail: `${[...versions].join(" and ")} run side by side. ${rules}` };
}

function runsWords(count: number): string {
  return count === 1 ? "1 run" : `${count} runs`;
}
