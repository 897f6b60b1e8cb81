/** How often the page asks. */
export const REFRESH_MS = 10_000;
/** For what goes through a day of the ledger or all sources: it costs more, and changes less. */
export const SLOW_REFRESH_MS = 20_000;
/** An answer older than this says nothing about the present. */
export const STALE_MS = 30_000;
