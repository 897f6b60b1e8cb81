import { describe, expect, it } from "vitest";
import { createFairTurns, type FairTurns } from "./fair-turns";
import { createNestedTurns } from "./nested-turns";

const memberOf = (shared: FairTurns, name: string, size: number) => createNestedTurns(createFairTurns(size), shared, name);

/** Does so many pieces of work, each in a place, and calls `begin` with each. */
async function work(turns: ReturnType<typeof createNestedTurns>, count: number, begin: () => void): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async () => {
      const leave = await turns.take("work");
      begin();
      await Promise.resolve();
      leave?.();
    }),
  );
}

describe("turns that also hold a place among all", () => {
  it("are no more than there are in all, nor than each member has, however many members there are", async () => {
    const shared = createFairTurns(16);
    const inside = new Map<string, number>();
    let [most, mostOfOne] = [0, 0];
    const busy = async (name: string) => {
      const turns = memberOf(shared, name, 4);
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const leave = await turns.take("work");
          inside.set(name, (inside.get(name) ?? 0) + 1);
          mostOfOne = Math.max(mostOfOne, inside.get(name) ?? 0);
          most = Math.max(
            most,
            [...inside.values()].reduce((sum, count) => sum + count, 0),
          );
          await Promise.resolve();
          inside.set(name, (inside.get(name) ?? 0) - 1);
          leave?.();
        }),
      );
    };
    await Promise.all(Array.from({ length: 100 }, (_, index) => busy(`${index}`)));
    expect([most, mostOfOne]).toEqual([16, 4]);
    expect(shared.use()).toEqual({ size: 16, taken: 0, waiting: 0 });
  });

  it("come round to a member of three as often as to members of five thousand, who do not notice", async () => {
    const shared = createFairTurns(16);
    let [begunByLarge, begunBySmall] = [0, 0];
    const large = Array.from({ length: 4 }, (_, index) => work(memberOf(shared, `large ${index}`, 4), 5_000, () => void begunByLarge++));
    await Promise.resolve();
    const before = begunByLarge;
    await work(memberOf(shared, "small", 4), 3, () => void begunBySmall++);
    expect(begunBySmall).toBe(3);
    // The places of the four, once round, and what they begin beside each of the three.
    expect(begunByLarge - before).toBeLessThanOrEqual(16 + 3 * 16);
    await Promise.all(large);
    expect(begunByLarge).toBe(20_000);
  });

  it("keep no place of their own when somebody stops waiting for one among all", async () => {
    const shared = createFairTurns(1);
    const leave = await shared.take("somebody else");
    const turns = memberOf(shared, "impatient", 1);
    const stop = new AbortController();
    const left = turns.take("work", stop.signal);
    await Promise.resolve();
    stop.abort();
    expect(await left).toBeNull();
    leave?.();
    expect(await turns.take("work")).not.toBeNull();
  });

  it("have as many who wait among all as they have places, and the others wait at home", async () => {
    const shared = createFairTurns(1);
    const leave = await shared.take("somebody else");
    const done = work(memberOf(shared, "large", 4), 100, () => {});
    await new Promise(setImmediate);
    expect(shared.use()).toEqual({ size: 1, taken: 1, waiting: 4 });
    leave?.();
    await done;
  });
});
