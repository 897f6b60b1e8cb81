import { describe, expect, it } from "vitest";
import { summarizeChecks } from "./check-words";
import { definitionOf, readSourceLines } from "./source-lines";
import type { CheckOutcome, SourceCheck } from "./use-source-checks";

/** As many addresses as there are states, each in one of them. */
function checksIn(...states: CheckOutcome["state"][]): SourceCheck[] {
  return readSourceLines(states.map((_, index) => `https://${index}.example/`).join("\n")).map((line, index) => {
    const state = states[index] ?? "waiting";
    if (state === "works") return { line, outcome: { state, itemCount: 1, definition: definitionOf(line, null) } };
    return { line, outcome: state === "fails" ? { state, message: "It is gone." } : { state } };
  });
}

describe("summarizeChecks", () => {
  it("is not done while one waits or is tested, and already knows what works", () => {
    expect(summarizeChecks(checksIn("works", "testing", "waiting"))).toMatchObject({
      isDone: false,
      working: [{ name: "0.example" }],
      words: "Tested 1 of 3.",
    });
  });

  it.each([
    [["works"], "It works."],
    [["works", "works"], "All 2 work."],
    [["fails"], "It does not work."],
    [["fails", "fails"], "None of the 2 works."],
    [["works", "fails", "works"], "2 of 3 work. Those that do not are left out; you can add them by hand later."],
  ] as [CheckOutcome["state"][], string][])("says of %j: %s", (states, words) => {
    expect(summarizeChecks(checksIn(...states))).toMatchObject({ isDone: true, words });
  });
});
