"use client";
import { NoValue } from "@/ui/display/no-value";
import { formatDuration } from "@/ui/time/duration";
import { useNow } from "@/ui/time/now";
import { elapsedMs, type Timed } from "./run-words";

/** How long a run, or a source of it, took; ticks while it is going. */
export function RunDuration({ of: timed }: { of: Timed }) {
  const going = timed.startedAt !== null && timed.finishedAt === null;
  const ms = elapsedMs(timed, useNow(going ? 1_000 : 3_600_000));
  return ms === null ? <NoValue /> : <span style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>{formatDuration(ms)}</span>;
}
