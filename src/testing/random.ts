/** What the samples of this test run are chosen by. A test that fails says it; MILKRUN_TEST_SEED repeats it. */
export const RANDOM_SEED = Number(process.env.MILKRUN_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** A whole number from 0 to below the given one. */
export type Random = (below: number) => number;

/** Mulberry32: small, seedable, and good enough to choose test cases. */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
