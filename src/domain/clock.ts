/** Where the present comes from. Everything else takes the time as an argument, so that a test can choose it. */
export interface Clock {
  /** The wall clock, as an instant. */
  now(): Date;
  /** Milliseconds from an arbitrary origin; never goes back, whatever happens to the wall clock. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
