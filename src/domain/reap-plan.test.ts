import { describe, expect, it } from "vitest";
import { type DeadRun, type InterruptedSource, planReap, type ReapPlan } from "./reap-plan";

const run = (runId: string, options: Partial<DeadRun> = {}): DeadRun => ({
  ...{ runId, attempt: 1, crashCount: 0, workerId: "w1", isWaiting: false },
  ...options,
});
const source = (runId: string, sourceId: string, crashCount = 0): InterruptedSource => ({ runId, sourceId, crashCount });

function summary({ blamed, resumed, abandoned, spared }: ReapPlan<DeadRun>) {
  return {
    blamed: blamed.map(({ sourceId }) => sourceId),
    resumed: resumed.map(({ runId }) => runId),
    abandoned: abandoned.map((end) => end.run.runId),
    spared: spared.map(({ runId }) => runId),
  };
}

const NOTHING = { blamed: [], resumed: [], abandoned: [], spared: [] };

describe("what becomes of runs whose worker is gone", () => {
  const cases: [string, DeadRun[], InterruptedSource[], Partial<typeof NOTHING> | object][] = [
    ["nothing when there are none", [], [], {}],
    ["the first time a run is resumed", [run("a")], [], { resumed: ["a"] }],
    ["the second time it is abandoned", [run("a", { attempt: 2 })], [], { abandoned: ["a"] }],
    ["all that were being collected become suspects", [run("a")], [source("a", "s1"), source("a", "s2")], { resumed: ["a"], blamed: ["s1", "s2"] }],
    [
      "a suspect is the culprit, and a run that shared its process loses no attempt",
      [run("a", { attempt: 2 }), run("b", { attempt: 2 })],
      [source("a", "s1", 1), source("b", "s2")],
      { abandoned: ["a"], resumed: ["b"], spared: ["b"], blamed: ["s1"] },
    ],
    [
      "another process's suspect excuses nobody here",
      [run("a", { attempt: 2 }), run("b", { attempt: 2, workerId: "w2" })],
      [source("a", "s1", 1), source("b", "s2")],
      { abandoned: ["a", "b"], blamed: ["s1", "s2"] },
    ],
    ["where nothing was being collected every run loses an attempt", [run("a"), run("b", { attempt: 2 })], [], { resumed: ["a"], abandoned: ["b"] }],
    [
      "but for those that only waited, of whatever the process died",
      [run("a", { attempt: 2, isWaiting: true }), run("b", { isWaiting: true }), run("c", { attempt: 2 })],
      [],
      { resumed: ["a", "b"], abandoned: ["c"], spared: ["a", "b"] },
    ],
    [
      "a run that waits beside what is being collected of it is judged by that",
      [run("a", { attempt: 2, isWaiting: true })],
      [source("a", "s1")],
      { abandoned: ["a"], blamed: ["s1"] },
    ],
    [
      "a run that only waits is spared for ever, beside a culprit, too",
      [run("a"), run("b", { attempt: 2, crashCount: 9, isWaiting: true })],
      [source("a", "s1", 1)],
      { resumed: ["a", "b"], spared: ["b"], blamed: ["s1"] },
    ],
    [
      "a run is not spared for ever",
      [run("a"), run("b", { crashCount: 4 })],
      [source("a", "s1", 1)],
      { resumed: ["a"], abandoned: ["b"], spared: ["b"], blamed: ["s1"] },
    ],
    ["nobody is blamed when the worker lives and let go", [run("a", { workerId: null })], [source("a", "s1")], { resumed: ["a"] }],
    ["letting go uses up an attempt", [run("a", { workerId: null, attempt: 2 })], [source("a", "s1")], { abandoned: ["a"] }],
    ["letting go of a run that waits does, too", [run("a", { workerId: null, attempt: 2, isWaiting: true })], [], { abandoned: ["a"] }],
  ];
  it.each(cases)("%s", (_, dead, interrupted, expected) => {
    expect(summary(planReap(dead, interrupted))).toEqual({ ...NOTHING, ...expected });
  });

  it("an abandoned run says what happened", () => {
    const words = (dead: DeadRun) => planReap([dead], []).abandoned[0]?.message;
    expect(words(run("a", { attempt: 2, crashCount: 1 }))).toContain("Its worker stopped without a word 2 times.");
    expect(words(run("a", { attempt: 2, crashCount: 0 }))).toContain("Its worker stopped without a word once.");
    expect(words(run("a", { attempt: 2, workerId: null }))).toContain("could not reach the database");
  });
});
