import { formatCount } from "@/ui/display/count";
import { formatBytes } from "@/ui/display/format-bytes";
import { formatDuration } from "@/ui/time/duration";
import type { SystemStatus } from "./system-readings";
import type { Reading } from "./system-tile";

/** From here on, times of the processes and of the database contradict each other visibly. */
const SKEW_WARNING_MS = 2_000;
/** So many of an organization's newest items are searched without the index, too. */
const FOUND_WITHOUT_INDEX = 3_000;

export function readDatabase({ postgresVersion, databaseBytes, databaseTime }: SystemStatus): Reading {
  const detail = `PostgreSQL ${postgresVersion}, ${formatBytes(databaseBytes)}.`;
  return { state: "good", word: "Answering", detail, at: { label: "Its clock", instant: databaseTime } };
}

/** As a rule items are indexed within seconds. After an upgrade or a large import it takes minutes, and the oldest of them are not found. */
export function readSearch({ unindexedItems }: SystemStatus): Reading {
  if (unindexedItems <= FOUND_WITHOUT_INDEX) return { state: "good", word: "Up to date", detail: "A search finds everything that was collected." };
  return {
    state: "warning",
    word: "Catching up",
    detail: `${formatCount(unindexedItems)} items are still to be indexed, the newest first. Until then a search can miss the oldest of them.`,
  };
}

export function readClocks({ clockSkewMs, instances }: SystemStatus): Reading {
  const skews = [clockSkewMs, ...instances.filter((instance) => instance.alive).map((instance) => instance.clockSkewMs)];
  const worst = Math.max(...skews.map(Math.abs));
  const apart = `Server and database are ${formatDuration(worst)} apart`;
  if (worst <= SKEW_WARNING_MS) return { state: "good", word: "In step", detail: `${apart}.` };
  return {
    state: "warning",
    word: "Out of step",
    detail: `${apart}. Runs follow the database's clock. Check the time service of both machines.`,
  };
}

/** Versions are named by year and letter, so that their order is that of texts. */
export function readTimeZones({ timeZoneData, slotsTimeZoneData }: SystemStatus): Reading {
  if (slotsTimeZoneData === null || slotsTimeZoneData === timeZoneData) {
    return { state: "good", word: timeZoneData, detail: "Next slots are computed with these rules." };
  }
  if (timeZoneData > slotsTimeZoneData) {
    return {
      state: "warning",
      word: `New rules: ${timeZoneData}`,
      detail: `Next slots were computed with ${slotsTimeZoneData}. A scheduler computes them anew when it starts with the new rules: restart the schedulers.`,
    };
  }
  return {
    state: "warning",
    word: "Mixed",
    detail: `Next slots were computed with ${slotsTimeZoneData}, this server has ${timeZoneData}. Run the same version of Node.js everywhere.`,
  };
}

export function readVersion({ version: own, instances }: SystemStatus): Reading {
  const alive = instances.filter((instance) => instance.alive);
  const versions = new Set([own, ...alive.map((instance) => instance.version)]);
  if (versions.size === 1) return { state: "good", word: `Milkrun ${own}`, detail: alive.length > 1 ? `All ${alive.length} processes.` : "One process." };
  return { state: "warning", word: "Mixed", detail: `${[...versions].join(" and ")} run side by side.` };
}
