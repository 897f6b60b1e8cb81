"use client";
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { systemClock } from "@/domain/clock";
import type { RunDetail } from "@/domain/run";
import { runAnnouncement } from "./run-progress";
import { RUN_STATUS_LOOKS } from "./run-status-badge";

/** At most one message in this time, or a screen reader would speak of nothing else. */
const QUIET_MS = 5_000;

/** Tells a screen reader, politely, when the run starts, at each quarter, at the first failure and at the end. */
export function RunAnnouncer({ run }: { run: RunDetail }) {
  return <VisuallyHidden role="status">{useAnnouncements(run)}</VisuallyHidden>;
}

function useAnnouncements(run: RunDetail): string {
  const [spoken, setSpoken] = useState("");
  const seen = useRef(run);
  const waiting = useRef<string[]>([]);
  const spokenAtMs = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const message = runAnnouncement(seen.current, run, RUN_STATUS_LOOKS[run.status].word);
    seen.current = run;
    if (message) waiting.current.push(message);
    if (waiting.current.length === 0) return;
    // Started anew with each change of the run, but always for the time that is left.
    const timer = setTimeout(
      () => {
        spokenAtMs.current = systemClock.monotonicMs();
        setSpoken(waiting.current.splice(0).join(" "));
      },
      Math.max(0, spokenAtMs.current + QUIET_MS - systemClock.monotonicMs()),
    );
    return () => clearTimeout(timer);
  }, [run]);

  return spoken;
}
