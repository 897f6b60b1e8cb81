/** Numbers that look random and follow from the seed: from 0 up to, not including, 1. */
export type Random = () => number;

/** The generator of Tommy Ettinger, public domain: small, and good enough to scatter faults. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export function pickNumber(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

const { MILKRUN_FAULT_SEED: givenSeed, MILKRUN_FAULT_ROUNDS: givenRounds } = process.env;

/** Few rounds are to be made: this is no hunt for faults. */
export const isQuick = givenRounds === undefined;

/** How many rounds of a fault are made: few, unless MILKRUN_FAULT_ROUNDS asks for many. */
function faultRounds(usual: number): number {
  return Number(givenRounds ?? usual);
}

/** Makes the rounds, each from a seed of its own; a failure says which seed repeats it. */
export async function inRounds(usual: number, round: (random: Random, number: number) => Promise<void>): Promise<void> {
  const firstSeed = givenSeed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(givenSeed);
  for (let number = 0; number < faultRounds(usual); number++) {
    const seed = firstSeed + number;
    try {
      await round(mulberry32(seed), number);
    } catch (error) {
      if (error instanceof Error) error.message += `\nRepeat it with MILKRUN_FAULT_SEED=${seed} MILKRUN_FAULT_ROUNDS=1.`;
      throw error;
    }
  }
}

/** Time for a test that makes rounds, in milliseconds. */
export function timeForRounds(usual: number, eachMs: number): number {
  return faultRounds(usual) * eachMs;
}
