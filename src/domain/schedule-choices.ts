export const MISSED_POLICIES = ["run_once", "skip"] as const;

/** Spreads to choose from, in milliseconds. The last is the largest that is accepted. */
export const SPREAD_CHOICES_MS = [0, 60_000, 300_000, 900_000, 1_800_000, 3_600_000] as const;
