import { expect, test } from "vitest";
import { isPressingKey } from "./hand-over";

test("what opens a list or a menu is a press; a letter is not, and a space only where it is no text", () => {
  for (const key of ["Enter", "ArrowDown", "ArrowUp"]) expect(isPressingKey(key, true)).toBe(true);
  expect(isPressingKey("a", true)).toBe(false);
  expect(isPressingKey("Tab", false)).toBe(false);
  expect(isPressingKey(" ", false)).toBe(true);
  expect(isPressingKey(" ", true)).toBe(false);
});
