"use client";
import { useEffect, useSyncExternalStore } from "react";

/** How many ways to another page are under way. */
let underWay = 0;
const listeners = new Set<() => void>();

function change(by: 1 | -1): void {
  underWay += by;
  for (const tell of listeners) tell();
}

/** Whether another page was asked for and is not there yet. */
export const isGoing = (): boolean => underWay > 0;

/** Tells the shell of a way to another page, as long as it is under way. */
export function useTellGoing(isGoing: boolean): void {
  useEffect(() => {
    if (!isGoing) return;
    change(1);
    return () => change(-1);
  }, [isGoing]);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** `isGoing`, as what shows it. */
export function useIsGoing(): boolean {
  return useSyncExternalStore(subscribe, isGoing, () => false);
}
