/** How many earlier runs of a preset tell what a run of it usually brings. */
export const USUAL_FROM_RUNS = 10;
/** Fewer tell nothing. */
const FEWEST_RUNS = 5;
/** Where fewer than this share of the earlier runs brought something new, a run that brings nothing is nothing unusual. */
const MOST = 0.75;

/** The count in the middle or, of an even number of them, what is between the two in the middle, rounded. Null of none. */
export function medianCount(counts: readonly number[]): number | null {
  const sorted = counts.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

/** How many new items a run usually brings: the median of what the earlier runs brought. Null when they are fewer than 5. */
export function usualNewCount(earlier: readonly number[]): number | null {
  return earlier.length < FEWEST_RUNS ? null : medianCount(earlier);
}

/**
 * Whether a run that brought nothing new should have: of at least 5 earlier runs three quarters brought something. A site that changed its
 * pages fails in this way, without any error.
 */
export function isUnusuallyEmpty(newCount: number, earlier: readonly number[]): boolean {
  if (newCount > 0 || earlier.length < FEWEST_RUNS) return false;
  return earlier.filter((count) => count > 0).length >= earlier.length * MOST;
}
