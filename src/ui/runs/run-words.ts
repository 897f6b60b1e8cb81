import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { formatCount } from "@/ui/display/count";

/** Lateness up to here counts as on time and is not worth a word. */
const WORTH_SAYING_MS = 60_000;

/** What started a run: "Schedule", a person's name, or "Reporting (API key)". */
export function startedBy(run: Pick<RunSummary, "trigger" | "startedByName">): string {
  if (run.trigger === "schedule") return "Schedule";
  if (run.trigger === "api") return run.startedByName ? `${run.startedByName} (API key)` : "API";
  return run.startedByName ?? "A former member";
}

/** How much later than its slot a run started; null when that was on time or there was no slot. */
export function lagMs(run: Pick<RunSummary, "slotAt" | "startedAt" | "latenessMs">): number | null {
  if (!run.slotAt) return null;
  const lag = run.startedAt ? run.startedAt.getTime() - run.slotAt.getTime() : run.latenessMs;
  return lag !== null && lag > WORTH_SAYING_MS ? lag : null;
}

/** What has a start and an end: a run, or one source of a run. */
export interface Timed {
  startedAt: Date | null;
  finishedAt: Date | null;
}

/**
 * From start to end, or to `now` while it is going; null when it never started. What is going has taken a second at least:
 * milliseconds that stand still look broken, and a browser whose clock is a little behind the server's would show less than nothing.
 */
export function elapsedMs({ startedAt, finishedAt }: Timed, now: Date): number | null {
  if (!startedAt) return null;
  return finishedAt ? finishedAt.getTime() - startedAt.getTime() : Math.max(1_000, now.getTime() - startedAt.getTime());
}

/** How long the longest of these runs took, of those that have ended; 0 for none. */
export function longestMs(runs: readonly Timed[]): number {
  return runs.reduce((longest, { startedAt, finishedAt }) => Math.max(longest, startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : 0), 0);
}

/** "3 older slots were passed over.", or null. */
export function supersededWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? "1 older slot was passed over." : `${count} older slots were passed over.`;
}

/** "5 slots were missed.", or null. */
export function missedWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? "1 slot was missed." : `${count} slots were missed.`;
}

/**
 * "Resumed once: its worker stopped without a word.", or null. An abandoned run says so in its message; one that waits for another
 * worker has been resumed once less than its workers died.
 */
export function crashWords({ status, crashCount }: Pick<RunSummary, "status" | "crashCount">): string | null {
  if (crashCount === 0 || status === "abandoned") return null;
  if (status === "queued") return `${crashCount === 1 ? "Its worker" : `${crashCount} of its workers`} stopped without a word. The next one goes on with it.`;
  if (crashCount === 1) return "Resumed once: its worker stopped without a word.";
  return `Resumed ${crashCount === 2 ? "twice" : `${crashCount} times`}: its workers stopped without a word.`;
}

/** "0 new; usually 12", or null where nothing new is nothing unusual. */
export function unusualZeroWords({ isUnusuallyEmpty, usualNewCount }: Pick<RunSummary, "isUnusuallyEmpty" | "usualNewCount">): string | null {
  return isUnusuallyEmpty && usualNewCount !== null ? `0 new; usually ${formatCount(usualNewCount)}` : null;
}

type Retryable = Pick<RunSummary, "status" | "retryableSourceCount" | "failedSourceCount">;

/** "Retry failed sources (5)"; null where there is nothing to retry. */
export function retryLabel({ status, retryableSourceCount, failedSourceCount }: Retryable): string | null {
  if (retryableSourceCount === 0 || isActive(status)) return null;
  return `Retry ${failedSourceCount === 0 ? "unfinished" : "failed"} ${retryableSourceCount === 1 ? "source" : "sources"} (${retryableSourceCount})`;
}

/** The site that an address belongs to; the text itself when it is no address. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
