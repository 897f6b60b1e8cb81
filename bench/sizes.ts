/** How much is measured. Times in milliseconds. */
export interface Sizes {
  /** Schedules that fall due at once, and how often each number is measured. The first is what the peers do too. */
  burst: readonly { schedules: number; repeats: number; peerRepeats: number }[];
  /** Schedules to be armed. */
  boot: readonly { schedules: number; repeats: number }[];
  idle: { schedules: number; forMs: number };
  /** Slots, and beside how many runs that wait for their sites. */
  latency: { slots: number; overMs: number; waiting: number };
  occurrences: { rounds: number; everyZone: boolean };
  processes: { schedules: number; repeats: number; peerSchedules: number };
  /** Feeds are a multiple of 8. */
  collecting: { feeds: number; items: number; repeats: number };
  saving: { sources: number; itemsPerSource: number; stored: number; repeats: number };
  exports: { items: number };
}

export const FULL: Sizes = {
  burst: [
    { schedules: 10_000, repeats: 3, peerRepeats: 3 },
    { schedules: 50_000, repeats: 3, peerRepeats: 1 },
    { schedules: 100_000, repeats: 3, peerRepeats: 0 },
  ],
  boot: [
    { schedules: 10_000, repeats: 3 },
    { schedules: 100_000, repeats: 3 },
  ],
  idle: { schedules: 100_000, forMs: 65_000 },
  latency: { slots: 100, overMs: 30_000, waiting: 500 },
  occurrences: { rounds: 5, everyZone: true },
  processes: { schedules: 50_000, repeats: 3, peerSchedules: 1_000 },
  collecting: { feeds: 1_000, items: 30, repeats: 3 },
  saving: { sources: 30, itemsPerSource: 1_000, stored: 1_000_000, repeats: 3 },
  exports: { items: 1_000_000 },
};

export const QUICK: Sizes = {
  burst: [{ schedules: 500, repeats: 1, peerRepeats: 1 }],
  boot: [{ schedules: 500, repeats: 1 }],
  idle: { schedules: 500, forMs: 3_000 },
  latency: { slots: 10, overMs: 2_000, waiting: 20 },
  occurrences: { rounds: 1, everyZone: false },
  processes: { schedules: 1_500, repeats: 1, peerSchedules: 50 },
  collecting: { feeds: 32, items: 30, repeats: 1 },
  saving: { sources: 4, itemsPerSource: 50, stored: 1_000, repeats: 1 },
  exports: { items: 5_000 },
};
