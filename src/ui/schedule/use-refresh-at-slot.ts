"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
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
  const at = dueAt?.getTime();
  useEffect(() => {
    if (at === undefined) return;
    const refresh = () => {
      for (const path of [trpc.schedule.pathFilter(), trpc.run.list.pathFilter(), trpc.run.history.pathFilter()]) void queryClient.invalidateQueries(path);
    };
    let timer: ReturnType<typeof setTimeout>;
    // A round that found nothing new is followed by the next one.
    function startRound(slotAt: number) {
      const wait = slotAt - systemClock.now().getTime() + AFTER_SLOT_MS;
      timer = setTimeout(
        () => {
          if (wait <= LONGEST_MS) refresh();
          startRound(slotAt);
        },
        wait > 0 ? Math.min(wait, LONGEST_MS) : SHORTEST_MS,
      );
    }
    startRound(at);
    return () => clearTimeout(timer);
  }, [at, queryClient, trpc]);
}
