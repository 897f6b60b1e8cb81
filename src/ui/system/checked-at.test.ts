import { expect, it } from "vitest";
import { formatCheckedAt } from "./checked-at";

it("writes the time to the second, with its zone", () => {
  expect(formatCheckedAt(new Date("2026-11-24T08:32:05Z"), "Asia/Kolkata")).toBe("14:02:05 Kolkata");
});
