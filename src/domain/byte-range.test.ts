import { expect, test } from "vitest";
import { readByteRange } from "./byte-range";

test.each([
  ["bytes=0-99", { from: 0, to: 99 }],
  ["bytes=900-", { from: 900, to: 999 }],
  ["bytes=990-2000", { from: 990, to: 999 }],
  ["bytes=-1", { from: 999, to: 999 }],
  ["bytes=-5000", { from: 0, to: 999 }],
  ["bytes=1000-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  [null, null],
  ["bytes=-", null],
  ["bytes=9-8", null],
  ["bytes=0-1,5-6", null],
  ["items=0-1", null],
  ["bytes=a-b", null],
])("of a file of 1,000 bytes, %s is %o", (header, range) => {
  expect(readByteRange(header, 1_000)).toEqual(range);
});

test("nothing of an empty file can be asked for", () => {
  expect(readByteRange("bytes=0-", 0)).toBe("unsatisfiable");
  expect(readByteRange("bytes=-5", 0)).toBe("unsatisfiable");
});
