"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";

/** A dead scheduler shows at most this long after its 90 s of silence. */
const REFRESH_MS = 20_000;

/** The state of the system, refreshed while the page is in view; one request serves every place that shows it. */
export function useSystemStatus() {
  return useQuery(useTRPC().system.status.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
}
