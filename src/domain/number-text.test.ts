import { expect, test } from "vitest";
import { numberText } from "./number-text";

test.each([0, -0, 7, -5.5, 0.1, 1e21, 1e-7, 2 ** 60, Number.MAX_VALUE, Number.MIN_VALUE, Number.POSITIVE_INFINITY, Number.NaN])(
  "writes %d as String does",
  (value) => {
    expect(numberText(value)).toBe(String(value));
  },
);
