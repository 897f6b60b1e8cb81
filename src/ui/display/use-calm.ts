"use client";
import { useCallback, useRef, useState } from "react";
import { systemClock } from "@/domain/clock";

/** At most one message in this time, or a screen reader would speak of nothing else. */
const QUIET_MS = 5_000;

/**
 * What a screen reader is told, at most once in 5 seconds. `say` speaks at once or when it has been quiet for long enough, and gives back
 * what stops it, as an effect does: started anew with each message, it still waits only for the time that is left.
 */
export function useCalm() {
  const [spoken, setSpoken] = useState("");
  const spokenAtMs = useRef(Number.NEGATIVE_INFINITY);
  const say = useCallback((wordsOf: () => string) => {
    const timer = setTimeout(
      () => {
        spokenAtMs.current = systemClock.monotonicMs();
        setSpoken(wordsOf());
      },
      Math.max(0, spokenAtMs.current + QUIET_MS - systemClock.monotonicMs()),
    );
    return () => clearTimeout(timer);
  }, []);
  return { spoken, say };
}
