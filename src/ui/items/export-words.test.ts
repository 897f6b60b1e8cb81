import { expect, test } from "vitest";
import { scopeWords } from "./export-words";

test.each([
  [12_480, true, "All 12,480 items that match the current filters, not just this page."],
  [12_480, false, "All 12,480 items, not just this page."],
  [1, true, "The 1 item that matches the current filters, not just this page."],
  [null, true, "All items that match the current filters, not just this page."],
])("%s items, filtered: %s", (count, isFiltered, words) => {
  expect(scopeWords(count, isFiltered)).toBe(words);
});
