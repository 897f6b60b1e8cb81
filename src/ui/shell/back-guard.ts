"use client";
import { useEffect } from "react";
import { loseUnsaved, mayLeave } from "./leave-guard";
import { currentAddress } from "./place";

/** Marks the entry below, over a reload, too. Next keeps it beside its own state. */
const MARK = "milkrunUnsaved";

let leaving: Promise<void> | null = null;

/**
 * Asks before Back leaves unsaved changes. A page cannot refuse Back: while there are changes, an entry more of the same page lies on top of
 * the history, Back leaves only that one, and there we ask. It goes away with the changes, so that Back needs one press, as ever.
 */
export function useBackGuard(active: boolean): void {
  useEffect(() => (active ? guardBack() : skipLeftOver()), [active]);
}

function guardBack(): () => void {
  const here = currentAddress();
  let isOver = false;
  // Changes that are back at once, as after a save that is refused, find the entry on its way out that was laid for them before.
  if (leaving !== null) void leaving.then(() => !isOver && lay());
  else lay();
  const onMove = () => {
    // On its way out by our own doing, or by a jump over several entries: then only the kept draft is left to help.
    if (leaving || isOnExtraEntry() || currentAddress() !== here) return;
    if (!mayLeave()) return lay();
    loseUnsaved();
    window.history.back();
  };
  window.addEventListener("popstate", onMove);
  return () => {
    isOver = true;
    window.removeEventListener("popstate", onMove);
    if (isOnExtraEntry()) void leaveExtraEntry();
    // Entries inherit it, so that of a page that was gone to has it, too.
    else window.history.scrollRestoration = "auto";
  };
}

/** Forward leads to the entry again after it was left. */
function skipLeftOver(): () => void {
  const onMove = () => void leaveExtraEntry();
  window.addEventListener("popstate", onMove);
  return () => window.removeEventListener("popstate", onMove);
}

function lay() {
  if (isOnExtraEntry()) return;
  // Both entries are the same page: going from one to the other must not scroll it.
  window.history.scrollRestoration = "manual";
  window.history.pushState({ [MARK]: true }, "");
}

/** Whether a way out of this page has to leave the extra entry first. */
export function isOnExtraEntry(): boolean {
  const state: unknown = window.history.state;
  return typeof state === "object" && state !== null && MARK in state;
}

/**
 * What every way out of a page does once it is certain: loses what is unsaved, and leaves the extra entry, which else would lie below the
 * next page. Resolves when the way is free; a page that is asked for before that is called off by the step in the history.
 */
export function clearTheWay(): Promise<void> {
  loseUnsaved();
  return leaveExtraEntry();
}

/** Goes back to the page's own entry where the extra one is shown. Resolves when it is, at once where there is nothing to leave. */
function leaveExtraEntry(): Promise<void> {
  if (!isOnExtraEntry()) return Promise.resolve();
  leaving ??= new Promise((resolve) => {
    const done = () => {
      leaving = null;
      window.history.scrollRestoration = "auto";
      resolve();
    };
    window.addEventListener("popstate", done, { once: true });
    window.history.back();
  });
  return leaving;
}
