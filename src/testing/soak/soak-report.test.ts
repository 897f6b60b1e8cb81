import { describe, expect, test } from "vitest";
import { parseSoakArguments } from "./arguments";
import { formatReport, listFailures, median, type SoakReport } from "./soak-report";

const GOOD: SoakReport = {
  minutes: 10,
  seed: 7,
  organizations: 200,
  kills: 101,
  faults: { "PostgreSQL killed": 9 },
  slots: { due: 1_200, onTime: 1_000, late: 50, skipped: 100, missed: 20, superseded: 30, lost: 0, doubled: 0 },
  peakLatenessMs: 61_234,
  runs: { succeeded: 1_000, timed_out: 50, skipped: 100, missed: 1 },
  items: { expected: 400, stored: 400, doubled: 0 },
  recoveriesMs: [9_000, 1_000, 30_000],
  settledMs: 12_300,
  violations: [],
  troubles: [],
};

test("a soak that broke nothing has nothing to say but its table", () => {
  expect(listFailures(GOOD)).toEqual([]);
  const table = formatReport(GOOD);
  expect(table).toContain("| kills | 101 |\n| – PostgreSQL killed | 9 |");
  expect(table).toContain("| slots due | 1,200 |");
  expect(table).toContain("| runs | 1,000 succeeded, 50 timed out |");
  expect(table).toContain("| – taken up again after, median / slowest | 9.0 s / 30.0 s |");
  expect(table).toContain("| all runs ended after the last fault | after 12.3 s |");
});

describe("a soak fails", () => {
  test.each<[string, Partial<SoakReport>, RegExp]>([
    ["when something is wrong in the ledger", { violations: [{ rule: "slot-doubled", detail: "twice" }] }, /^slot-doubled: twice$/],
    ["when a process did what nobody asked for", { troubles: ["web-1 ended by itself."] }, /^web-1 ended by itself\.$/],
    ["when a run waited for more than a minute", { recoveriesMs: [60_001] }, /^A run waited 60\.0 s after/],
    ["when runs go on and on", { settledMs: null }, /^Some runs had not ended/],
    ["when the counts leave a slot out", { slots: { ...GOOD.slots, onTime: 999 } }, /do not add up/],
  ])("%s", (_when, change, sentence) => {
    expect(listFailures({ ...GOOD, ...change })).toEqual([expect.stringMatching(sentence)]);
  });
});

test("the middle of no values is 0", () => {
  expect([median([]), median([3]), median([9, 1, 5])]).toEqual([0, 3, 5]);
});

describe("the arguments", () => {
  test("are ten minutes, 200 organizations and a seed of its own when none are given", () => {
    expect(parseSoakArguments([])).toMatchObject({ minutes: 10, organizations: 200, json: false });
    expect(parseSoakArguments(["--minutes", "0.5", "--seed", "3", "--json"])).toMatchObject({ minutes: 0.5, seed: 3, json: true });
  });

  test.each([[["--minutes", "soon"]], [["--minutes", ""]], [["--seed", "-1"]], [["--hours", "1"]]])("%j are refused in words", (args) => {
    expect(() => parseSoakArguments(args)).toThrow(/cannot be used.* Write for instance: npm run soak/);
  });
});
