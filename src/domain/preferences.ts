export const CLOCK_STYLES = ["24h", "12h"] as const;
/** "13:30" or "1:30 pm". */
export type ClockStyle = (typeof CLOCK_STYLES)[number];

/** The days that a week may begin with: 0 is Sunday, 1 Monday, 6 Saturday. */
export const FIRST_WEEKDAYS = [0, 1, 6] as const;

/** How pages look to one person, in whichever organization they work. */
export interface Preferences {
  clockStyle: ClockStyle;
  firstWeekday: (typeof FIRST_WEEKDAYS)[number];
  /** Shortcuts of single keys, such as "?" and "g s". Whoever dictates their text sets them off by accident (WCAG 2.1.4). */
  singleKeys: boolean;
}

/** Those of whoever has not chosen, and of whoever is not signed in. */
export const DEFAULT_PREFERENCES: Preferences = { clockStyle: "24h", firstWeekday: 1, singleKeys: true };
