import { describe, expect, it } from "vitest";
import { gather } from "./gather";

const refused = new Error("This one is refused.");

/** Notes each lot; the first is held until `release` is called. */
function startGathering(weigh = (_: string) => 0) {
  const lots: string[][] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const doOne = gather<string, string>({
    async doAll(lot) {
      lots.push([...lot]);
      if (lots.length === 1) await held;
      if (lot.includes("refused")) throw refused;
      if (lot.includes("broken")) throw new Error("The connection is gone.");
      return lot.join(" ");
    },
    isFaultOfOne: (error) => error === refused,
    weigh,
    mostWeight: 10,
    windowMs: 1,
  });
  /** Has these done while the first lot, of one, is going. */
  const doMeanwhile = async (...all: string[]) => {
    const first = doOne("first");
    await expect.poll(() => lots.length).toBe(1);
    const others = all.map(doOne);
    release();
    await first;
    return Promise.allSettled(others);
  };
  return { lots, doMeanwhile };
}

const outcomes = (settled: PromiseSettledResult<string>[]) => settled.map((one) => (one.status === "fulfilled" ? one.value : (one.reason as Error).message));

describe("what is gathered", () => {
  it("is done in one lot with all that came while the one before was going, and each hears what it came to", async () => {
    const { lots, doMeanwhile } = startGathering();
    expect(outcomes(await doMeanwhile("a", "b", "c"))).toEqual(["a b c", "a b c", "a b c"]);
    expect(lots).toEqual([["first"], ["a", "b", "c"]]);
  });

  it("is done one by one where one of a lot is at fault, and only that one fails", async () => {
    const { doMeanwhile } = startGathering();
    expect(outcomes(await doMeanwhile("a", "refused", "c"))).toEqual(["a", refused.message, "c"]);
  });

  it("fails together where nobody in the lot is at fault", async () => {
    const { lots, doMeanwhile } = startGathering();
    const gone = "The connection is gone.";
    expect(outcomes(await doMeanwhile("a", "broken", "c"))).toEqual([gone, gone, gone]);
    expect(lots).toHaveLength(2);
  });

  it("is divided where it is more than a lot may weigh, in its order", async () => {
    const { lots, doMeanwhile } = startGathering((text) => text.length);
    await doMeanwhile("12345", "6789", "far heavier than a lot may be", "1", "2");
    expect(lots.slice(1)).toEqual([["12345", "6789"], ["far heavier than a lot may be"], ["1", "2"]]);
  });
});
