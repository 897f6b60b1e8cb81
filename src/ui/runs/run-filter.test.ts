import { describe, expect, it } from "vitest";
import { RUN_STATUSES } from "@/domain/run-status";
import { RUN_FILTER_OPTIONS, runFilterOf, runListInput } from "./run-filter";

describe("runFilterOf", () => {
  it("reads a filter from the address", () => expect(runFilterOf("missed")).toBe("missed"));

  it.each([undefined, null, "", "exploded", ["failed", "missed"]])("shows everything for %j", (param) => expect(runFilterOf(param)).toBe("all"));
});

describe("runListInput", () => {
  it("puts every status behind exactly one filter besides All", () => {
    const statuses = RUN_FILTER_OPTIONS.flatMap((option) => runListInput(option.value).status ?? []);
    expect(statuses.toSorted()).toEqual([...RUN_STATUSES].toSorted());
  });

  it("asks for every status under All", () => expect(runListInput("all")).toEqual({ limit: 50 }));
});
