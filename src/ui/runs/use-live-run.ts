"use client";
import { useDocumentVisibility } from "@mantine/hooks";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef, useState } from "react";
import type { RunDetail } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { useTRPC } from "@/ui/trpc/client";
import { type LiveMode, liveModeOf, NEW_STREAM, streamLost, streamOpened, streamRefused, streamWorks } from "./stream-health";

const POLL_MS = 3_000;
/** While the page asks by itself, it tries the stream again this often. */
const RETRY_STREAM_MS = 30_000;

/**
 * A run that keeps itself up to date: over the stream while the run is going and the page is looked at, by asking every 3 s where no
 * stream gets through. Only one page opens a stream: a browser allows six connections to a server, over all its tabs.
 */
export function useLiveRun(runId: string): { run: RunDetail; mode: LiveMode } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [health, setHealth] = useState(NEW_STREAM);
  const [hasBeenLive, setHasBeenLive] = useState(false);
  const visible = useDocumentVisibility() === "visible";
  const streamable = streamWorks(health);

  const options = trpc.run.get.queryOptions({ runId });
  const query = useSuspenseQuery({
    ...options,
    refetchInterval: ({ state }) => (!streamable && state.data && isActive(state.data.status) ? POLL_MS : false),
  });
  const run = query.data;
  const wanted = isActive(run.status) && visible;
  const streaming = wanted && streamable;

  useSubscription(
    trpc.run.events.subscriptionOptions(
      { runId },
      {
        enabled: streaming,
        onStarted: () => {
          setHealth(streamOpened());
          setHasBeenLive(true);
        },
        onData: (event) => queryClient.setQueryData(options.queryKey, event.data),
        onConnectionStateChange: ({ state, error }) => state === "connecting" && error && setHealth(streamLost),
        // This stream will not try again by itself.
        onError: () => setHealth(streamRefused()),
      },
    ),
  );
  useEffect(() => {
    // Closed on purpose: the tab was hidden or the run has ended.
    if (!streaming) setHealth((last) => (last.connected ? NEW_STREAM : last));
  }, [streaming]);
  useEffect(() => {
    if (!wanted || streamable) return;
    const timer = setTimeout(() => setHealth(NEW_STREAM), RETRY_STREAM_MS);
    return () => clearTimeout(timer);
  }, [wanted, streamable]);
  useRefreshWhenDone(isActive(run.status));

  return { run, mode: liveModeOf(wanted, health, hasBeenLive, !query.isRefetchError && query.fetchStatus !== "paused") };
}

/** The end of a run changes what the other pages show. */
function useRefreshWhenDone(active: boolean) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const wasActive = useRef(active);
  useEffect(() => {
    if (wasActive.current && !active) {
      for (const path of [trpc.run.list, trpc.item.list, trpc.source.list, trpc.source.page, trpc.preset.list]) {
        void queryClient.invalidateQueries(path.pathFilter());
      }
    }
    wasActive.current = active;
  }, [active, trpc, queryClient]);
}
