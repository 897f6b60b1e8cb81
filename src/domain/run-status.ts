/** How a run came to be. */
export const RUN_TRIGGERS = ["schedule", "person", "api"] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** `queued` and `running` are active: an organization has at most one such run. The others are final. */
export const RUN_STATUSES = ["queued", "running", "succeeded", "partial", "failed", "cancelled", "timed_out", "abandoned", "skipped", "missed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const ACTIVE_RUN_STATUSES = ["queued", "running"] as const satisfies readonly RunStatus[];

export function isActive(status: RunStatus): boolean {
  return ACTIVE_RUN_STATUSES.some((active) => active === status);
}

/** Every way in which a run can break off by itself. */
export const FAILED_RUN_STATUSES = ["failed", "timed_out", "abandoned"] as const satisfies readonly RunStatus[];

export function hasFailed(status: RunStatus): boolean {
  return FAILED_RUN_STATUSES.some((failed) => failed === status);
}

/** The state of one source within a run. `not_modified` = nothing changed since the last time; `not_due` = the site asks to be left alone until later. */
export const RUN_SOURCE_STATUSES = ["queued", "fetching", "succeeded", "not_modified", "not_due", "failed", "cancelled"] as const;
export type RunSourceStatus = (typeof RUN_SOURCE_STATUSES)[number];

/** Whether nothing more happens to a source within its run. */
export function isSourceOver(status: RunSourceStatus): boolean {
  return status !== "queued" && status !== "fetching";
}

/** What happened to the items of one source, or of all sources of a run. */
export interface ItemCounts {
  newCount: number;
  changedCount: number;
  unchangedCount: number;
  /** Seen before and absent from a complete list. */
  goneCount: number;
}

export const NO_ITEMS: ItemCounts = { newCount: 0, changedCount: 0, unchangedCount: 0, goneCount: 0 };

/** The final status that the outcomes of a run's sources add up to; "0 new items" is success. A run without sources succeeds. */
export function runStatusOf(sources: readonly RunSourceStatus[]): "succeeded" | "partial" | "failed" {
  const failed = sources.filter((status) => status === "failed").length;
  if (failed === 0) return "succeeded";
  return failed === sources.length ? "failed" : "partial";
}

/** A run is begun this many times at most; then it is abandoned. */
export const MAX_RUN_ATTEMPTS = 2;
/** A run whose workers died this many times is abandoned, even where another run is to blame each time; unless it only waited. */
export const MAX_RUN_CRASHES = 5;
/** A source whose collection stopped this many workers is quarantined: left out until a person lifts it. */
export const MAX_SOURCE_CRASHES = 3;
export const LEASE_MS = 60_000;
export const LEASE_RENEW_MS = 15_000;
/**
 * A process that no longer holds its liveness lock has this long to renew the leases of its runs before they are taken from it: its
 * connections may have broken, and it lives on. Longer than a worker takes to connect again and to look at its lease.
 */
export const RECONNECT_GRACE_MS = 4_000;
