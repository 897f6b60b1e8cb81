"use client";
import { Anchor, Text } from "@mantine/core";
import type { RunSummary } from "@/domain/run";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { missedWords, supersededWords } from "./run-words";

type Noted = Pick<
  RunSummary,
  "status" | "message" | "blockingRunId" | "blockingRunNumber" | "supersededCount" | "missedCount" | "spanStartAt" | "cancelledByName"
>;

/** What the status alone does not say: why a slot was skipped, how many were missed, who cancelled. Nothing when there is nothing to add. */
export function RunNote({ run, timeZone }: { run: Noted; timeZone: string }) {
  const lines = [reason(run), supersededWords(run.supersededCount), missed(run, timeZone)].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" maw="40ch">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three fixed places
        <span key={index}>{line} </span>
      ))}
    </Text>
  );
}

function reason(run: Noted) {
  if (run.status === "skipped" && run.blockingRunId) {
    return (
      <>
        Skipped:{" "}
        <Anchor component={AppLink} href={`/runs/${run.blockingRunId}`} prefetch={false} inherit underline="always">
          run {run.blockingRunNumber}
        </Anchor>{" "}
        was still going.
      </>
    );
  }
  if (run.status === "cancelled" && run.cancelledByName) return `Cancelled by ${run.cancelledByName}.`;
  return run.message;
}

function missed(run: Noted, timeZone: string) {
  const words = run.status === "missed" ? missedWords(run.missedCount) : null;
  if (!words || !run.spanStartAt || run.missedCount < 2) return words;
  return (
    <>
      {words} The first: <Instant at={run.spanStartAt} timeZone={timeZone} />.
    </>
  );
}
