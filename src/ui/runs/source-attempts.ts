import { MAX_SOURCE_ATTEMPTS } from "@/domain/retry-plan";
import type { RunSource } from "@/domain/run";
import { isSourceOver } from "@/domain/run-status";
import { formatDuration } from "@/ui/time/duration";

type Attempted = Pick<RunSource, "status" | "attempts" | "retryAt">;

/** True while it waits for its turn at its site, before its first attempt. */
export function isWaitingForTurn({ status, waitingAt }: Pick<RunSource, "status" | "waitingAt">): boolean {
  return status === "queued" && waitingAt !== null;
}

/** True while a failed attempt is to be made again. */
export function isWaiting({ status, retryAt }: Attempted): boolean {
  return retryAt !== null && !isSourceOver(status);
}

/** "Trying again in 48 s (2nd of 3 attempts).", or null where nothing waits. Seconds are rounded up: at "1 s" it is not yet time. */
export function retryWords({ retryAt, ...source }: Attempted, now: Date): string | null {
  if (retryAt === null || !isWaiting({ ...source, retryAt })) return null;
  const seconds = Math.ceil((retryAt.getTime() - now.getTime()) / 1_000);
  return `Trying again ${seconds > 0 ? `in ${formatDuration(seconds * 1_000)}` : "now"} (${attemptOf(source.attempts + 1)}).`;
}

/** "3 attempts, waited 2 s and 1 min 1 s" once it is over, "2nd of 3 attempts" during a later attempt; null for the first and while it waits. */
export function attemptWords(source: Attempted & Pick<RunSource, "retryWaitsMs">): string | null {
  if (source.attempts < 2 || isWaiting(source)) return null;
  if (isSourceOver(source.status)) return `${source.attempts} attempts${waitedWords(source.retryWaitsMs)}`;
  return source.status === "fetching" ? attemptOf(source.attempts) : null;
}

const LIST = new Intl.ListFormat("en");

function waitedWords(waitsMs: readonly number[]): string {
  return waitsMs.length === 0 ? "" : `, waited ${LIST.format(waitsMs.map(formatDuration))}`;
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
