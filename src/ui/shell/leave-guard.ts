"use client";
import { useEffect, useEffectEvent } from "react";

const QUESTION = "Leave this page? Your unsaved changes are lost.";

/** What would be lost, each with what is done once the reader has chosen to lose it. */
const reasons = new Map<symbol, () => void>();

/** The reader has been asked, or loses nothing: the browser need not ask again. */
let isLeaving = false;

/**
 * Asks before the reader loses unsaved changes: on closing or reloading here, and on every `AppLink`.
 * @param onLose called when the reader chose to leave without them
 */
export function useLeaveGuard(active: boolean, onLose?: () => void): void {
  const lose = useEffectEvent(() => onLose?.());
  useEffect(() => {
    if (!active) return;
    isLeaving = false;
    const reason = Symbol("unsaved changes");
    const warn = (event: BeforeUnloadEvent) => {
      if (!isLeaving) event.preventDefault();
    };
    reasons.set(reason, () => lose());
    window.addEventListener("beforeunload", warn);
    return () => {
      reasons.delete(reason);
      window.removeEventListener("beforeunload", warn);
    };
  }, [active]);
}

/** False when there are unsaved changes and the reader wants to stay. */
export function mayLeave(): boolean {
  if (reasons.size === 0) return true;
  if (!window.confirm(QUESTION)) return false;
  for (const lose of reasons.values()) lose();
  return true;
}

/** Loads another page as a whole, without the browser's own question. For when the reader has answered ours, or finds the changes again. */
export function leaveTo(path: string): void {
  isLeaving = true;
  window.location.assign(path);
}
