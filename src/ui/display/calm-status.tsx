"use client";
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { systemClock } from "@/domain/clock";

/** At most one message in this time, or a screen reader would speak of nothing else. */
const QUIET_MS = 5_000;

/** Says what changes to a screen reader, politely: the first message at once, then no more than one in 5 seconds. The last one is always said. */
export function CalmStatus({ children: message }: { children: string }) {
  const [spoken, setSpoken] = useState("");
  const spokenAtMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    // Started anew with each message, but always for the time that is left.
    const timer = setTimeout(
      () => {
        spokenAtMs.current = systemClock.monotonicMs();
        setSpoken(message);
      },
      Math.max(0, spokenAtMs.current + QUIET_MS - systemClock.monotonicMs()),
    );
    return () => clearTimeout(timer);
  }, [message]);
  return <VisuallyHidden role="status">{spoken}</VisuallyHidden>;
}
