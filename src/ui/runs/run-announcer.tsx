"use client";
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { RunDetail } from "@/domain/run";
import { useCalm } from "@/ui/display/use-calm";
import { runAnnouncement } from "./run-progress";
import { RUN_STATUS_LOOKS } from "./run-status-badge";

/** Tells a screen reader, politely, when the run starts, at each quarter, at the first failure and at the end. */
export function RunAnnouncer({ run }: { run: RunDetail }) {
  return <VisuallyHidden role="status">{useAnnouncements(run)}</VisuallyHidden>;
}

function useAnnouncements(run: RunDetail): string {
  const seen = useRef(run);
  const waiting = useRef<string[]>([]);
  const { spoken, say } = useCalm();

  useEffect(() => {
    const message = runAnnouncement(seen.current, run, RUN_STATUS_LOOKS[run.status].word);
    seen.current = run;
    if (message) waiting.current.push(message);
    if (waiting.current.length === 0) return;
    return say(() => waiting.current.splice(0).join(" "));
  }, [run, say]);

  return spoken;
}
