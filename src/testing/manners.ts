import type { HostGate } from "@/collectors/host-gate";
import type { Manners } from "@/collectors/politeness";
import type { RobotsStore } from "@/collectors/robots-file";

/** A gate that lets everybody in at once. */
export const openGate: HostGate = {
  enter: async (host) => ({ host, isFresh: () => true, leave: async () => {}, giveBack: async () => {} }),
};

type Remembered = NonNullable<Awaited<ReturnType<RobotsStore["find"]>>>;

/** Remembers robots.txt files for one test; `files` are known from the start. */
export function rememberRobots(files: Record<string, Partial<Remembered>> = {}): RobotsStore {
  const nothing: Remembered = { text: null, textAgeMs: null, failure: null, failureAgeMs: null };
  const known = new Map(Object.entries(files).map(([origin, file]) => [origin, { ...nothing, ...file }]));
  return {
    find: async (origin) => known.get(origin) ?? null,
    saveText: async (origin, text) => void known.set(origin, { ...nothing, text, textAgeMs: 0 }),
    saveFailure: async (origin, failure) => void known.set(origin, { ...nothing, ...known.get(origin), failure, failureAgeMs: 0 }),
  };
}

/** For tests of other things. */
export const noManners: Manners = { gate: openGate, robots: rememberRobots() };
