/** What the heatmap covers: the week that is going and those before it. */
export const HISTORY_WEEKS = 26;
/** What the strip covers. */
export const HISTORY_SLOTS = 60;
