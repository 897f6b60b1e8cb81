import { expect, it } from "vitest";
import { testedWords } from "./tested-words";

it("says how far the tests are, and at the end how many work", () => {
  expect(testedWords(12, 3, 1)).toBe("Tested 3 of 12.");
  expect(testedWords(12, 12, 1)).toBe("Tested 12: 11 work, 1 does not.");
  expect(testedWords(1, 1, 0)).toBe("Tested 1: 1 works, 0 do not.");
});
