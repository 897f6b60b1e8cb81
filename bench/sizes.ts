/** How much is measured. Times in milliseconds. */
export interface Sizes {
  /** Schedules that fall due at once, and how often each number is measured. The first is what the peers do too. */
  burst: readonly { schedules: number; repeats: number; peerRepeats: number }[];
  /** Schedules to be armed. */
  boot: readonly { schedules: number; repeats: number }[];
  idle: { schedules: number; forMs: number };
  latency: { slots: number; overMs: number };
  occurrences: { rounds: number; everyZone: boolean };
  processes: { schedules: number; repeats: number; peerSchedules: number };
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
  latency: { slots: 100, overMs: 30_000 },
  occurrences: { rounds: 5, everyZone: true },
  processes: { schedules: 50_000, repeats: 3, peerSchedules: 1_000 },
  exports: { items: 1_000_000 },
};

export const QUICK: Sizes = {
  burst: [{ schedules: 500, repeats: 1, peerRepeats: 1 }],
  boot: [{ schedules: 500, repeats: 1 }],
  idle: { schedules: 500, forMs: 3_000 },
  latency: { slots: 10, overMs: 2_000 },
  occurrences: { rounds: 1, everyZone: false },
  processes: { schedules: 1_500, repeats: 1, peerSchedules: 50 },
  exports: { items: 5_000 },
};
