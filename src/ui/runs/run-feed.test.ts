import { describe, expect, it } from "vitest";
import type { RunSummary } from "@/domain/run";
import { gapSeenAt, holdBack, mergeRuns, newRunsWords } from "./run-feed";

const run = (number: number, status: RunSummary["status"] = "succeeded") => ({ number, status }) as RunSummary;
const runs = (...numbers: number[]) => numbers.map((number) => run(number));
const numbers = (list: readonly RunSummary[]) => list.map(({ number }) => number);
const page = (nextCursor: number | null, ...list: number[]) => ({ runs: runs(...list), nextCursor });

describe("mergeRuns", () => {
  it("puts new runs above those that were loaded, each once", () => {
    expect(numbers(mergeRuns(runs(6, 5, 4, 3, 2, 1), page(6, 8, 7, 6)))).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it("shows a run as the newest page has it", () => {
    const merged = mergeRuns([run(2, "running"), run(1)], { runs: [run(2, "partial"), run(1)], nextCursor: null });
    expect(merged.map(({ status }) => status)).toEqual(["partial", "succeeded"]);
  });

  it("drops a run that does not match any more, but not those that the page does not reach", () => {
    expect(numbers(mergeRuns(runs(6, 5, 4, 3, 2, 1), page(4, 6, 4)))).toEqual([6, 4, 3, 2, 1]);
    expect(numbers(mergeRuns(runs(6, 5), page(null)))).toEqual([]);
  });

  it("keeps a run that the page does not know yet", () => {
    expect(numbers(mergeRuns(runs(7, 6, 5, 4), page(5, 6, 5)))).toEqual([7, 6, 5, 4]);
  });
});

describe("gapSeenAt", () => {
  const seen = (loaded: RunSummary[], data: ReturnType<typeof page> | undefined, dataUpdatedAt = 1_000) => gapSeenAt(loaded, { data, dataUpdatedAt });

  it("is never while the newest page reaches the rows below", () => expect(seen(runs(6, 5, 4), page(6, 8, 7, 6))).toBeNull());
  it("is never when the newest page is all there is", () => expect(seen(runs(6), page(null, 10, 9, 8, 7))).toBeNull());
  it("is never for an empty list, or before the newest page came", () => expect([seen([], page(8, 9, 8)), seen(runs(6), undefined)]).toEqual([null, null]));

  it("is the time of each newest page that does not reach them", () => {
    expect([1_000, 2_000].map((at) => seen(runs(6, 5, 4), page(8, 10, 9, 8), at))).toEqual([1_000, 2_000]);
  });
});

describe("holdBack", () => {
  it("shows what was there and counts what came", () => {
    const { shown, waiting } = holdBack(runs(9, 8, 7, 6), 7);
    expect(numbers(shown)).toEqual([7, 6]);
    expect(newRunsWords(waiting)).toBe("2 new runs");
  });

  it("holds nothing back from who has seen the newest", () => expect(holdBack(runs(2, 1), 2).waiting).toBe(0));
  it("counts one", () => expect(newRunsWords(holdBack(runs(2, 1), 1).waiting)).toBe("1 new run"));
});
