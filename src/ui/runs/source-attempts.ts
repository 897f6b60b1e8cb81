import { MAX_SOURCE_ATTEMPTS, type RunSource } from "@/domain/run";
import { formatDuration } from "@/ui/time/duration";

type Attempted = Pick<RunSource, "status" | "attempts" | "retryAt">;

/** True while a failed attempt is to be made again. */
export function isWaiting({ status, retryAt }: Attempted): boolean {
  return retryAt !== null && !isOver(status);
}

function isOver(status: RunSource["status"]): boolean {
  return status !== "queued" && status !== "fetching";
}

/** "Trying again in 48 s (2nd of 3 attempts).", or null where nothing waits. Seconds are rounded up: at "1 s" it is not yet time. */
export function retryWords({ retryAt, ...source }: Attempted, now: Date): string | null {
  if (retryAt === null || !isWaiting({ ...source, retryAt })) return null;
  const seconds = Math.ceil((retryAt.getTime() - now.getTime()) / 1_000);
  return `Trying again ${seconds > 0 ? `in ${formatDuration(seconds * 1_000)}` : "now"} (${attemptOf(source.attempts + 1)}).`;
}

/**
 * "Tried 3 times" once it is over, "2nd of 3 attempts" during a later attempt; null for the first and while it waits. The message of a
 * source that failed says so itself.
 */
export function attemptWords(source: Attempted): string | null {
  if (source.attempts < 2 || isWaiting(source) || source.status === "failed") return null;
  if (isOver(source.status)) return `Tried ${source.attempts} times`;
  return source.status === "fetching" ? attemptOf(source.attempts) : null;
}

/** A crash can cost a source an attempt more than it has by itself; then the total goes unsaid. */
function attemptOf(attempt: number): string {
  return attempt > MAX_SOURCE_ATTEMPTS ? `${ordinal(attempt)} attempt` : `${ordinal(attempt)} of ${MAX_SOURCE_ATTEMPTS} attempts`;
}

const ENDINGS: Record<string, string> = { one: "st", two: "nd", few: "rd" };
const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });

function ordinal(count: number): string {
  return `${count}${ENDINGS[ORDINALS.select(count)] ?? "th"}`;
}
