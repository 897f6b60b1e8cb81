/** About how high the history is, in px. */
export const HISTORY_HEIGHT = 620;
