/** Several measurements of the same thing. */
export interface Sample {
  median: number;
  low: number;
  high: number;
  count: number;
}

/** @throws Error for an empty list: there is nothing to say about nothing. */
export function summarize(values: readonly number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const [low] = sorted;
  const high = sorted.at(-1);
  if (low === undefined || high === undefined) throw new Error("Nothing was measured.");
  return { median: quantile(sorted, 0.5), low, high, count: sorted.length };
}

/** The value below which this share of the measurements lies, between neighbours in proportion. Wants them sorted. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
