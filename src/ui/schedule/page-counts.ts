// What the server prefetches and what the page asks for must be the same query.

/** Rows of the preview at first. */
export const PREVIEW_COUNT = 10;
/** The last runs. */
export const RECENT_RUNS = 20;
