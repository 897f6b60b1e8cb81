"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { systemClock } from "@/domain/clock";
import { useTRPC } from "@/ui/trpc/client";

/** After the slot: the dispatch takes a moment. */
const AFTER_SLOT_MS = 1_500;
/** While a slot is overdue; and a browser's timers cannot wait for weeks anyway. */
const SHORTEST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** Shows the new next run, and the run that has started, as soon as a slot has been dispatched. */
export function useRefreshAtSlot(dueAt: Date | null | undefined): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [round, setRound] = useState(0);
  const at = dueAt?.getTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round that found nothing new starts the next one
  useEffect(() => {
    if (at === undefined) return;
    const wait = at - systemClock.now().getTime() + AFTER_SLOT_MS;
    const timer = setTimeout(
      () => {
        setRound((count) => count + 1);
        if (wait > LONGEST_MS) return;
        for (const path of [trpc.schedule.pathFilter(), trpc.run.list.pathFilter(), trpc.run.history.pathFilter()]) void queryClient.invalidateQueries(path);
      },
      Math.min(Math.max(wait, wait > 0 ? 0 : SHORTEST_MS), LONGEST_MS),
    );
    return () => clearTimeout(timer);
  }, [at, round, queryClient, trpc]);
}
