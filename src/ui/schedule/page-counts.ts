// What the server prefetches and what the page asks for must be the same query.

/** Rows of the preview at first. */
export const PREVIEW_COUNT = 10;
/** The last run. */
export const LAST_RUN_INPUT = { limit: 1 };

/** The last runs that the command palette finds: asked for when it opens. */
export const RECENT_RUNS = 20;
