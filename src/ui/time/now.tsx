"use client";
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";
import { type Clock, systemClock } from "@/domain/clock";

/** A browser clock that differs from the server's by less than this is taken as right (30 s): loading the page takes time, too. */
const TOLERATED_SKEW_MS = 30_000;

interface NowStore {
  subscribe(listener: () => void): () => void;
  current(): Date;
  initial: Date;
}

function createNowStore(initial: Date, clock: Clock): NowStore {
  const listeners = new Set<() => void>();
  let current = initial;
  let timer: ReturnType<typeof setInterval> | undefined;
  let skewMs: number | undefined;

  function tick() {
    skewMs ??= initial.getTime() - clock.now().getTime();
    const trusted = Math.abs(skewMs) < TOLERATED_SKEW_MS ? 0 : skewMs;
    current = new Date(clock.now().getTime() + trusted);
    for (const listener of listeners) listener();
  }

  return {
    initial,
    current: () => current,
    subscribe(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        tick();
        timer = setInterval(tick, 1_000);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const NowContext = createContext<NowStore | null>(null);

/** One ticking present for the whole page. It starts at the server's time, so that the first render is the same on both sides. */
export function NowProvider({ initialNow, children }: { initialNow: Date; children: ReactNode }) {
  const [store] = useState(() => createNowStore(initialNow, systemClock));
  return <NowContext value={store}>{children}</NowContext>;
}

/**
 * The present, in steps of `stepMs` (1 s unless told). A component renders again only when its step passes, so choose a coarse one
 * for what shows minutes or years.
 */
export function useNow(stepMs = 1_000): Date {
  const store = useContext(NowContext);
  if (!store) throw new Error("useNow needs a NowProvider above it.");
  const ms = useSyncExternalStore(
    store.subscribe,
    () => Math.floor(store.current().getTime() / stepMs) * stepMs,
    () => Math.floor(store.initial.getTime() / stepMs) * stepMs,
  );
  return new Date(ms);
}
