import { expect, it } from "vitest";
import { bulkSummary } from "./bulk-words";

it("says how many were changed, how many were that way already, and how many were not", () => {
  expect(bulkSummary("off", [{ outcome: "done" }, { outcome: "done" }, { outcome: "unchanged" }])).toBe("2 sources turned off, 1 off already.");
  expect(bulkSummary("remove", [{ outcome: "done" }, { outcome: "refused" }])).toBe("1 source deleted, 1 not deleted.");
  expect(bulkSummary("add", [{ outcome: "unchanged" }])).toBe("0 sources added, 1 in the preset already.");
});
