import { describe, expect, it } from "vitest";
import { summarizeChecks } from "./check-words";
import { namedEntry, readSourceLines } from "./source-lines";
import type { CheckOutcome, SourceCheck } from "./use-source-checks";

/** As many addresses as there are states, each in one of them. */
function checksIn(...states: CheckOutcome["state"][]): SourceCheck[] {
  return readSourceLines(states.map((_, index) => `https://${index}.example/`).join("\n")).map((line, index) => {
    const state = states[index] ?? "waiting";
    if (!line.entry) throw new Error("An address is no entry.");
    const entry = namedEntry(line.entry, null);
    if (state === "works") return { line, outcome: { state, itemCount: 1, entry } };
    if (state === "off") return { line, outcome: { state, message: "Off, as the list says.", entry } };
    return { line, outcome: state === "fails" ? { state, message: "It is gone." } : { state } };
  });
}

describe("summarizeChecks", () => {
  it("is not done while one waits or is tested, and already knows what works", () => {
    expect(summarizeChecks(checksIn("works", "testing", "waiting"))).toMatchObject({
      isDone: false,
      ready: [{ name: "0.example" }],
      words: "Tested 1 of 3.",
    });
  });

  it("adds what comes in turned off, which there is nothing to wait for", () => {
    expect(summarizeChecks(checksIn("off", "waiting"))).toMatchObject({ isDone: false, ready: [{ name: "0.example" }], words: "Tested 0 of 1." });
  });

  it.each([
    [["works"], "It works."],
    [["works", "works"], "All 2 work."],
    [["fails"], "It does not work."],
    [["fails", "fails"], "None of the 2 works."],
    [["works", "fails", "works"], "2 of 3 work. Those that do not are left out; you can add them by hand later."],
    [["works", "off"], "It works. 1 comes in turned off, untested."],
    [["off", "off"], "2 come in turned off, untested."],
  ] as [CheckOutcome["state"][], string][])("says of %j: %s", (states, words) => {
    expect(summarizeChecks(checksIn(...states))).toMatchObject({ isDone: true, words });
  });
});
