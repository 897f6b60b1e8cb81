import { setTimeout as sleep } from "node:timers/promises";

export interface Gathering<In, Out> {
  /** Does all of it or nothing. */
  doAll(lot: readonly In[]): Promise<Out>;
  /** Whether the fault may be that of one in the lot. Each of them is then done by itself. */
  isFaultOfOne(error: unknown): boolean;
  /** How much of a lot one takes up. */
  weigh(one: In): number;
  /** What a lot weighs at most, where it is more than one. */
  mostWeight: number;
  /** How long a lot waits for more, in milliseconds. */
  windowMs: number;
}

interface Waiting<In, Out> {
  one: In;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

/**
 * Does one lot after the other: whatever comes while a lot is being done, and a moment after that, is the next one, so that the more there is
 * to do, the more is done at once.
 * @returns What does one thing, in the next lot. It gives what the lot came to, and throws what the lot threw.
 */
export function gather<In, Out>({ doAll, isFaultOfOne, weigh, mostWeight, windowMs }: Gathering<In, Out>): (one: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let busy = false;

  function takeLot(): Waiting<In, Out>[] {
    let weight = 0;
    const beyond = waiting.findIndex(({ one }, index) => {
      weight += weigh(one);
      return index > 0 && weight > mostWeight;
    });
    return waiting.splice(0, beyond < 0 ? waiting.length : beyond);
  }

  async function settle(lot: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const out = await doAll(lot.map(({ one }) => one));
      for (const { resolve } of lot) resolve(out);
    } catch (error) {
      if (lot.length > 1 && isFaultOfOne(error)) for (const each of lot) await settle([each]);
      else for (const { reject } of lot) reject(error);
    }
  }

  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    for (await sleep(windowMs); waiting.length > 0; await sleep(windowMs)) await settle(takeLot());
    busy = false;
  }

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      void drain();
    });
}
