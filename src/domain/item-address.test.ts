import { describe, expect, it } from "vitest";
import type { ItemConditions } from "./item";
import { addressOfConditions, conditionsOfAddress } from "./item-address";

const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";
const EVERYTHING: Required<ItemConditions> = {
  text: "oat milk",
  sourceId: id,
  presetId: id,
  runId: id,
  state: "changed",
  sourceHealth: "failing",
  collectedFrom: "2026-11-01",
  collectedTo: "2026-11-30",
  publishedFrom: "2026-10-01",
  publishedTo: "2026-10-31",
};

describe("an address of items", () => {
  it("says every condition, and gives it back", () => {
    const address = addressOfConditions(EVERYTHING);
    expect(Object.keys(address)).toEqual(["q", "source", "preset", "run", "state", "health", "collectedFrom", "collectedTo", "publishedFrom", "publishedTo"]);
    expect(conditionsOfAddress(address)).toEqual(EVERYTHING);
  });

  it("is the same whatever order the conditions came in", () => {
    const [one, other] = [{ text: "a", runId: id } as const, { runId: id, text: "a" } as const];
    expect(JSON.stringify(addressOfConditions(one))).toBe(JSON.stringify(addressOfConditions(other)));
  });

  it("leaves out what is not stated", () => expect(addressOfConditions({ text: "", sourceId: undefined, state: "new" })).toEqual({ state: "new" }));

  it("narrows nothing by what cannot be read", () => {
    const params = { q: ["a", "b"], source: "x", preset: 7, run: [id], state: "old", collectedFrom: "yesterday", publishedTo: "2026-02-30", other: "x" };
    expect(conditionsOfAddress(params)).toEqual({});
    expect(conditionsOfAddress({ q: "   " })).toEqual({});
  });
});
