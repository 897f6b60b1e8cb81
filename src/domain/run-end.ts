import { type RunSourceStatus, type RunStatus, runStatusOf } from "./run-status";

/** Why a run stopped before all its sources had an outcome. */
export type Interruption = "cancelled" | "time_limit" | "shutdown" | "lease_lost";

/** How a run ends: with a final status, back in the queue, or not here at all because it is somebody else's now. */
export type RunEnd = { kind: "finish"; status: RunStatus; message: string | null } | { kind: "hand_back" } | { kind: "leave" };

/**
 * Decides how a run ends from why it stopped and how its sources came out. An interruption that comes after the last outcome
 * changes nothing: the run is complete.
 */
export function planRunEnd(outcomes: readonly RunSourceStatus[], interruption: Interruption | null, limitMs: number): RunEnd {
  if (interruption === "lease_lost") return { kind: "leave" };
  const unfinished = outcomes.filter((status) => status === "queued" || status === "fetching").length;
  if (interruption && unfinished > 0) return planInterrupted(interruption, unfinished, limitMs);
  if (outcomes.length === 0) {
    const message = "The preset has no source that is turned on, so nothing was collected. Add a source to the preset.";
    return { kind: "finish", status: "failed", message };
  }
  return { kind: "finish", status: runStatusOf(outcomes), message: null };
}

function planInterrupted(interruption: Exclude<Interruption, "lease_lost">, unfinished: number, limitMs: number): RunEnd {
  const rest = unfinished === 1 ? "1 source was not finished" : `${unfinished} sources were not finished`;
  switch (interruption) {
    case "shutdown":
      return { kind: "hand_back" };
    case "cancelled":
      return { kind: "finish", status: "cancelled", message: `Cancelled: ${rest}. What was collected stays.` };
    case "time_limit":
      return {
        kind: "finish",
        status: "timed_out",
        message: `Stopped after its time limit of ${describeMinutes(limitMs)}: ${rest}. What was collected stays. A longer limit can be set on the schedule.`,
      };
  }
}

function describeMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} seconds`;
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
