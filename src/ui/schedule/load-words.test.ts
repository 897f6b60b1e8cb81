import { describe, expect, it } from "vitest";
import { monthlySentence, sourcesSentence } from "./load-words";

const load = (sourceCount: number, hostCount = sourceCount, isLeast = false) => ({ sourceCount, hostCount, requestCount: sourceCount, isLeast });

describe("what a schedule asks of the web", () => {
  it("counts sources and hosts", () => {
    expect(sourcesSentence(load(14, 9))).toBe("14 sources on 9 hosts.");
    expect(sourcesSentence(load(1))).toBe("1 source on 1 host.");
    expect(sourcesSentence(load(0))).toBe("No source is on, so a run collects nothing.");
  });

  it.each([
    [21.74, 14, "About 22 runs and 310 requests a month."],
    [1, 1, "About 1 run and 1 request a month."],
    [730.5, 3, "About 730 runs and 2,200 requests a month."],
    [43_830, 14, "About 44,000 runs and 620,000 requests a month."],
    [1 / 3, 14, "About 4 runs and 56 requests a year."],
    [1 / 48, 1, "About 1 run and 1 request a year."],
  ])("rounds %d runs a month of %d sources as an estimate should be", (runsPerMonth, sources, sentence) => {
    expect(monthlySentence(runsPerMonth, load(sources))).toBe(sentence);
  });

  it("promises no upper bound where sources have pages", () => {
    expect(monthlySentence(30, load(2, 2, true))).toBe("About 30 runs and at least 60 requests a month.");
  });

  it("says nothing where nothing is asked for", () => {
    expect(monthlySentence(30, load(0))).toBeNull();
    expect(monthlySentence(0, load(3))).toBeNull();
  });
});
