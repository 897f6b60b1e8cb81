import { expect, it } from "vitest";
import { testInTurn } from "./test-in-turn";

it("tests two at a time, in order, and no more once it is told to stop", async () => {
  const abort = new AbortController();
  const begun: number[] = [];
  let [going, most] = [0, 0];
  await testInTurn([1, 2, 3, 4, 5, 6], abort.signal, async (entry) => {
    begun.push(entry);
    going += 1;
    most = Math.max(most, going);
    await Promise.resolve();
    going -= 1;
    if (entry === 4) abort.abort();
  });
  expect([begun.slice(0, 4), most]).toEqual([[1, 2, 3, 4], 2]);
  expect(begun.length).toBeLessThan(6);
});
