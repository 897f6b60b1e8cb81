import { describe, expect, it } from "vitest";
import { comparisonWords, foundWords, robotsWords } from "./test-words";

const items = (...known: (boolean | null)[]) => known.map((isKnown) => ({ isKnown }));

it("what was found is counted, and said to be not all", () => {
  expect([foundWords(1), foundWords(1_200), foundWords(1_000, true)]).toEqual(["1 item found", "1,200 items found", "1,000 items found, and there are more"]);
});

describe("robotsWords", () => {
  const said = { refusal: null, crawlDelayMs: 0, isSilent: false };
  it.each([
    [said, "Lets programs read this page"],
    [{ ...said, crawlDelayMs: 10_000 }, "Lets programs read this page, with 10 s between two requests"],
    [{ ...said, isSilent: true }, "Keeps nobody away"],
    [{ ...said, refusal: "/private" }, "Keeps programs away from this page (Disallow: /private)"],
    [null, null],
  ])("says what the site says: %j", (robots, words) => expect(robotsWords(robots, false)).toBe(words));

  it("says that nobody asked where the source ignores it", () => expect(robotsWords(null, true)).toBe("Ignored, as this source says"));
});

describe("comparisonWords", () => {
  it("counts what is new and what is known", () => expect(comparisonWords(items(true, false, true), 3)).toBe("1 new, 2 known."));
  it("says that only the first were compared", () => expect(comparisonWords(items(true, false), 90)).toBe("Of the first 2: 1 new, 1 known."));
  it("says nothing of a source that has no items to compare with", () => {
    expect(comparisonWords(items(null), 1)).toBeNull();
    expect(comparisonWords([], 0)).toBeNull();
  });
});
