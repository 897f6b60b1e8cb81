"use client";
import { useEffect, useEffectEvent } from "react";

const QUESTION = "Leave this page? Your unsaved changes are lost.";

/** What would be lost, each with what is done once it is. */
const reasons = new Map<symbol, () => void>();

/** The reader has been asked, or loses nothing: the browser need not ask again. */
let isLeaving = false;

/**
 * Asks before the reader loses unsaved changes: on closing or reloading here, and on every `AppLink`.
 * @param onLose called once they are lost, never while the reader may still stay
 */
export function useLeaveGuard(active: boolean, onLose?: () => void): void {
  const lose = useEffectEvent(() => onLose?.());
  useEffect(() => (active ? guardUnsaved(() => lose()) : undefined), [active]);
}

/**
 * Has the browser ask before closing or reloading cuts off a save that is on its way, or that waits for a connection. Links need not ask: it
 * goes on beside the next page.
 */
export function useSavingGuard(isSaving: boolean): void {
  useEffect(() => (isSaving ? guardUnload() : undefined), [isSaving]);
}

/** Guards unsaved changes until the function that it returns is called. */
export function guardUnsaved(onLose: () => void): () => void {
  const reason = Symbol("unsaved changes");
  reasons.set(reason, onLose);
  const release = guardUnload();
  return () => {
    reasons.delete(reason);
    release();
  };
}

function guardUnload(): () => void {
  isLeaving = false;
  const warn = (event: BeforeUnloadEvent) => {
    if (!isLeaving) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn);
  return () => window.removeEventListener("beforeunload", warn);
}

/** False when there are unsaved changes and the reader wants to stay. It only asks: what may still fail comes before `loseUnsaved`. */
export function mayLeave(): boolean {
  return reasons.size === 0 || window.confirm(QUESTION);
}

/** Gives the unsaved changes up. For when the reader has agreed and nothing can keep them on the page any more. */
export function loseUnsaved(): void {
  for (const lose of reasons.values()) lose();
}

/** Loads another page as a whole, without the browser's own question. It loses nothing that is kept over a load. */
export function leaveTo(path: string): void {
  isLeaving = true;
  window.location.assign(path);
}
