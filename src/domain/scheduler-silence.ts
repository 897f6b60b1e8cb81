/** A scheduler that has not checked in for this long counts as away. */
export const SCHEDULER_SILENT_MS = 90_000;
