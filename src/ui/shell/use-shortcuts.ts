"use client";
import { useEffect, useRef } from "react";
import { systemClock } from "@/domain/clock";
import { matchKey, type PendingKey } from "./key-sequence";
import { SHORTCUTS, type Shortcut } from "./shortcuts";

/** Where letters are typed, or choose something already. */
const TAKES_LETTERS = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";

/** Listens for the shortcuts of single keys, wherever the focus is, except where letters mean something else. */
export function useShortcuts(isOn: boolean, onShortcut: (shortcut: Shortcut) => void): void {
  const latest = useRef(onShortcut);
  useEffect(() => {
    latest.current = onShortcut;
  }, [onShortcut]);
  useEffect(() => {
    if (!isOn) return;
    let pending: PendingKey | null = null;
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented) return;
      const match = matchKey(SHORTCUTS, pending, {
        key: event.key,
        isModified: event.ctrlKey || event.metaKey || event.altKey,
        isTaken: event.isComposing || (event.target instanceof Element && event.target.closest(TAKES_LETTERS) !== null),
        atMs: systemClock.monotonicMs(),
      });
      pending = match.pending;
      if (!match.completed) return;
      event.preventDefault();
      latest.current(match.completed);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isOn]);
}
