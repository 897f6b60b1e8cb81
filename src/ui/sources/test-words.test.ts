import { describe, expect, it } from "vitest";
import { comparisonWords } from "./test-words";

const items = (...known: (boolean | null)[]) => known.map((isKnown) => ({ isKnown }));

describe("comparisonWords", () => {
  it("counts what is new and what is known", () => expect(comparisonWords(items(true, false, true), 3)).toBe("1 new, 2 known."));
  it("says that only the first were compared", () => expect(comparisonWords(items(true, false), 90)).toBe("Of the first 2: 1 new, 1 known."));
  it("says nothing of a source that has no items to compare with", () => {
    expect(comparisonWords(items(null), 1)).toBeNull();
    expect(comparisonWords([], 0)).toBeNull();
  });
});
