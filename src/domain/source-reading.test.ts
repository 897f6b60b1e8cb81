import { expect, test } from "vitest";
import { isTrusted } from "./source-reading";

test.each([
  ["2026-11-26T12:00:01Z", true],
  ["2026-11-20T12:00:01Z", true],
  ["2026-11-20T12:00:00Z", false],
  ["2026-10-01T12:00:00Z", false],
])("what is known of a source that was read whole at %s is relied upon a week at most: %s", (wholeReadAt, expected) => {
  expect(isTrusted({ wholeReadAt: new Date(wholeReadAt) }, new Date("2026-11-27T12:00:00Z"))).toBe(expected);
});
