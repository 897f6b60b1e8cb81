"use client";
import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

const subscribe = (tell: () => void) => onlineManager.subscribe(tell);

/** Whether the browser has a connection, as far as it knows. While it has none, queries wait instead of failing. */
export function useIsOnline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => onlineManager.isOnline(),
    () => true,
  );
}
