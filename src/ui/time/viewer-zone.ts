"use client";
import { useSyncExternalStore } from "react";
import { resolveTimeZone } from "@/domain/time-zone";

const never = () => () => {};

function browserZone(): string | null {
  const id = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return id && resolveTimeZone(id).ok ? id : null;
}

/**
 * The time zone of the reader's browser. Null when the browser does not say, on the server, and in the first render, which must
 * agree with the server's.
 */
export function useViewerZone(): string | null {
  return useSyncExternalStore(never, browserZone, () => null);
}
