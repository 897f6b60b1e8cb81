import { expect, it } from "vitest";
import { isHalfTypedDay } from "./half-typed-day";

it("waits for the year and for every part, and takes a field that was cleared for an answer", () => {
  const whole = { badInput: false };
  expect(["0002-11-23", "0020-11-23", "0202-11-23", "2026-11-23", ""].map((day) => isHalfTypedDay(day, whole))).toEqual([true, true, true, false, false]);
  expect(isHalfTypedDay("", { badInput: true })).toBe(true);
});
