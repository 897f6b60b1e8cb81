import { describe, expect, it } from "vitest";
import { addHours, countWords, type SlotCounts, worstOutcome } from "./slot-words";

const counts = (changes: Partial<SlotCounts> = {}): SlotCounts => ({ onTime: 0, late: 0, skipped: 0, missed: 0, superseded: 0, ...changes });

describe("countWords", () => {
  it("names what happened and leaves the rest out, the worst last", () => {
    expect(countWords(counts({ missed: 3, onTime: 1_440, skipped: 1 }))).toBe("1,440 on time, 1 skipped, 3 missed");
    expect(countWords(counts())).toBe("no slots");
  });
});

describe("worstOutcome", () => {
  it.each([
    [counts(), null],
    [counts({ onTime: 5 }), "onTime"],
    [counts({ onTime: 5, superseded: 2 }), "superseded"],
    [counts({ skipped: 1, late: 1 }), "late"],
    [counts({ late: 100, missed: 1 }), "missed"],
  ])("of %j is %s", (slots, worst) => expect(worstOutcome(slots)).toBe(worst));
});

it("addHours adds every outcome up", () => {
  const hour = counts({ onTime: 1, late: 2, skipped: 3, missed: 4, superseded: 5 });
  expect(addHours([hour, hour])).toEqual(counts({ onTime: 2, late: 4, skipped: 6, missed: 8, superseded: 10 }));
});
