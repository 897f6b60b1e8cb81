import { describe, expect, it } from "vitest";
import { planImport } from "./import-plan";
import type { ImportEntry } from "./source-import";

const entry = (line: number, url: string, name: string | null = null, own: Partial<ImportEntry> = {}): ImportEntry => ({
  ...{ line, url, name, kind: null, config: null, enabled: true, headers: [], sharesAddress: false },
  ...own,
});

describe("planImport", () => {
  it("tells for each entry whether it is new, there already, twice in the list, or no source", () => {
    const stored = [{ id: "1", name: "Stored", url: "https://A.example" }];
    const plan = planImport(
      [entry(1, "https://b.example/feed", "B"), entry(2, "https://a.example/#top"), entry(3, "https://b.example/feed"), entry(4, "ftp://c.example/", "C")],
      stored,
    );
    expect(plan.outcomes).toEqual([
      { line: 1, url: "https://b.example/feed", name: "B", outcome: "added", reason: null, off: false },
      { line: 2, url: "https://a.example/#top", name: "a.example", outcome: "known", reason: "It is the source “Stored” already.", off: false },
      { line: 3, url: "https://b.example/feed", name: "b.example", outcome: "known", reason: "The same address stands in line 1.", off: false },
      { line: 4, url: "ftp://c.example/", name: "C", outcome: "failed", reason: "Enter a full address that starts with http:// or https://.", off: false },
    ]);
    expect(plan.add).toEqual([{ kind: "feed", name: "B", url: "https://b.example/feed", config: {}, enabled: true }]);
    expect(plan.known).toEqual(stored);
  });

  it("adds what the list says is off, and what needs headers, turned off, and says why", () => {
    const plan = planImport(
      [
        entry(1, "https://a.example/", "A", { enabled: false }),
        entry(2, "https://b.example/", "B", { headers: ["Authorization"] }),
        entry(3, "https://c.example/", "C", { headers: ["X-Id", "X-Key"] }),
      ],
      [],
    );
    expect(plan.outcomes.map(({ off, reason }) => [off, reason])).toEqual([
      [true, "Off, as the list says."],
      [true, "Off: the value of its header Authorization is in no list. Enter it, then turn the source on."],
      [true, "Off: the values of its headers X-Id, X-Key are in no list. Enter them, then turn the source on."],
    ]);
    expect(plan.add.map(({ enabled }) => enabled)).toEqual([false, false, false]);
  });

  it("adds sources that share an address, each once, however many of them are there already", () => {
    const url = "https://a.example/";
    const entries = [entry(1, url, "One"), entry(2, `${url}#two`, "Two", { sharesAddress: true }), entry(3, url, "Three", { sharesAddress: true })];
    const addedTo = (...names: string[]) =>
      planImport(
        entries,
        names.map((name) => ({ id: name, name, url })),
      ).add.map(({ name }) => name);
    expect(addedTo()).toEqual(["One", "Two", "Three"]);
    expect(addedTo("Two")).toEqual(["One", "Three"]);
    expect(addedTo("Two", "Three", "One")).toEqual([]);
    expect(addedTo("One, renamed")).toEqual(["Two", "Three"]);
  });
});
