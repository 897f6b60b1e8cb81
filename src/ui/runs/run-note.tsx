"use client";
import { Anchor, Text } from "@mantine/core";
import { Fragment } from "react";
import type { RunDetail, RunSummary } from "@/domain/run";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { crashWords, missedWords, supersededWords } from "./run-words";

type Noted = Pick<
  RunSummary,
  | "status"
  | "message"
  | "blockingRunId"
  | "blockingRunNumber"
  | "supersededCount"
  | "missedCount"
  | "spanStartAt"
  | "cancelledByName"
  | "crashCount"
  | "retryOfRunId"
  | "retryOfRunNumber"
> &
  // Lists do not know them.
  Partial<Pick<RunDetail, "retries">>;

/**
 * What the status alone does not say: why a slot was skipped, how many were missed, who cancelled, what the run retries, that it
 * survived a crash. Nothing when there is nothing to add.
 */
export function RunNote({ run, timeZone }: { run: Noted; timeZone: string }) {
  const all = {
    retryOf: retryOf(run),
    reason: reason(run),
    superseded: supersededWords(run.supersededCount),
    missed: missed(run, timeZone),
    crashes: crashWords(run),
    retriedBy: retriedBy(run),
  };
  const lines = Object.entries(all).filter(([, line]) => line !== null);
  if (lines.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" maw="40ch">
      {lines.map(([name, line]) => (
        <span key={name}>{line} </span>
      ))}
    </Text>
  );
}

function RunLink({ id, number }: { id: string; number: number }) {
  return (
    <Anchor component={AppLink} href={`/runs/${id}`} prefetch={false} inherit underline="always">
      run {number}
    </Anchor>
  );
}

function retryOf({ retryOfRunId: id, retryOfRunNumber: number }: Noted) {
  if (id === null) return null;
  return number === null ? (
    "Retry of a run that is no longer kept."
  ) : (
    <>
      Retry of <RunLink id={id} number={number} />.
    </>
  );
}

function retriedBy({ retries = [] }: Noted) {
  if (retries.length === 0) return null;
  return (
    <>
      Collected again by{" "}
      {retries.map((retry, index) => (
        <Fragment key={retry.id}>
          {index > 0 && ", "}
          <RunLink {...retry} />
        </Fragment>
      ))}
      .
    </>
  );
}

function reason(run: Noted) {
  const { blockingRunId: id, blockingRunNumber: number } = run;
  if (run.status === "skipped" && id !== null) {
    return <>Skipped: {number === null ? "a run that is no longer kept" : <RunLink id={id} number={number} />} was still going.</>;
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
