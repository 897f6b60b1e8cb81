"use client";
import { useEffect } from "react";

const QUESTION = "Leave this page? Your unsaved changes are lost.";

const reasons = new Set<symbol>();

/** Asks before the reader loses unsaved changes: on closing or reloading here, and on every `AppLink`. */
export function useLeaveGuard(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const reason = Symbol("unsaved changes");
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    reasons.add(reason);
    window.addEventListener("beforeunload", warn);
    return () => {
      reasons.delete(reason);
      window.removeEventListener("beforeunload", warn);
    };
  }, [active]);
}

/** False when there are unsaved changes and the reader wants to stay. */
export function mayLeave(): boolean {
  return reasons.size === 0 || window.confirm(QUESTION);
}
