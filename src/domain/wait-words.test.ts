import { expect, test } from "vitest";
import { waitWords } from "./wait-words";

test.each([
  [1, "1 second"],
  [1_001, "2 seconds"],
  [45_000, "45 seconds"],
  [59_001, "1 minute"],
  [60_000, "1 minute"],
  [60_001, "2 minutes"],
  [900_000, "15 minutes"],
  [7_200_000, "120 minutes"],
  [7_200_001, "3 hours"],
])("%s ms are %s", (waitMs, words) => {
  expect(waitWords(waitMs)).toBe(words);
});
