import { describe, expect, it } from "vitest";
import { type KeyPress, matchKey, type PendingKey } from "./key-sequence";
import { SHORTCUTS } from "./shortcuts";

const LIST = { keys: ["?"], does: "list" } as const;
const SCHEDULE = { keys: ["g", "s"], does: "schedule" } as const;
const RUNS = { keys: ["g", "r"], does: "runs" } as const;
const SEQUENCES = [LIST, SCHEDULE, RUNS];
type Match = ReturnType<typeof matchKey<(typeof SEQUENCES)[number]>>;

/** What the presses complete, one after the other, a tenth of a second apart unless told. */
function press(...presses: (string | Partial<KeyPress>)[]): string[] {
  let pending: PendingKey | null = null;
  const completed: string[] = [];
  for (const [index, given] of presses.entries()) {
    const each: KeyPress = { key: "", isModified: false, isTaken: false, atMs: index * 100, ...(typeof given === "string" ? { key: given } : given) };
    const match: Match = matchKey(SEQUENCES, pending, each);
    pending = match.pending;
    if (match.completed) completed.push(match.completed.does);
  }
  return completed;
}

describe("matchKey", () => {
  it("knows one key, and two one after the other", () => {
    expect(press("?")).toEqual(["list"]);
    expect(press("g", "s")).toEqual(["schedule"]);
    expect(press("g", "r", "g", "s", "?")).toEqual(["runs", "schedule", "list"]);
  });

  it("says nothing to the second key alone, nor to a pair that means nothing", () => {
    expect(press("s", "x", "g", "x", "s")).toEqual([]);
  });

  it("lets the second key come within 1.5 seconds and no later", () => {
    expect(press({ key: "g", atMs: 0 }, { key: "s", atMs: 1_500 })).toEqual(["schedule"]);
    expect(press({ key: "g", atMs: 0 }, { key: "s", atMs: 1_501 })).toEqual([]);
  });

  it("begins anew with a key that continues nothing", () => {
    expect(press("g", "g", "r")).toEqual(["runs"]);
    expect(press("g", "?")).toEqual(["list"]);
  });

  it("keeps waiting while Shift goes down for the second key", () => {
    expect(press("g", "Shift", "s")).toEqual(["schedule"]);
  });

  it.each([{ isTaken: true }, { isModified: true }])("is deaf to keys with %j, and forgets what came before them", (how) => {
    expect(press({ key: "?", ...how })).toEqual([]);
    expect(press("g", { key: "s", ...how }, "s")).toEqual([]);
    expect(press({ key: "g", ...how }, "s")).toEqual([]);
  });
});

describe("the shortcuts", () => {
  it("are all different, and none is the beginning of another", () => {
    const texts = SHORTCUTS.map(({ keys }) => keys.join(" "));
    expect(new Set(texts).size).toBe(texts.length);
    const alone = SHORTCUTS.filter(({ keys }) => keys.length === 1).map(({ keys }) => keys[0]);
    expect(SHORTCUTS.filter(({ keys }) => keys.length === 2 && alone.includes(keys[0]))).toEqual([]);
  });

  it("lead to every page of the navigation", () => {
    expect(texts("/schedule", "/runs", "/items", "/sources")).toEqual(["g s", "g r", "g i", "g o"]);
    function texts(...hrefs: string[]) {
      return hrefs.map((href) => SHORTCUTS.find((shortcut) => shortcut.href === href)?.keys.join(" "));
    }
  });
});
