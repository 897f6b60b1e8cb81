import type { RunDetail } from "@/domain/run";
import { formatDuration } from "@/ui/time/duration";
import { elapsedMs } from "./run-words";

type Expected = Pick<RunDetail, "status" | "startedAt" | "finishedAt" | "usualMs">;

/**
 * How long a run probably still takes, by the median of its preset's last runs: "About 2 min left", or that it takes longer than usual. Null
 * when it is not going or too few runs are known to say.
 */
export function etaWords(run: Expected, now: Date): string | null {
  const elapsed = elapsedMs(run, now);
  if (run.status !== "running" || elapsed === null || run.usualMs === null) return null;
  const leftMs = run.usualMs - elapsed;
  const usual = formatDuration(Math.max(1_000, run.usualMs));
  return leftMs >= 1_000 ? `About ${formatDuration(leftMs)} left` : `Longer than the usual ${usual}`;
}
