import { expect, test } from "vitest";
import { nextBatch } from "./move-rows";

test.each([
  ["few and short", 20, 2_000, 160],
  ["many and short", 20_000, 400_000, 20_000],
  ["of 4 MB each", 20, 80_000_000, 1],
])("after rows that were %s, as many are asked for as fit into memory", (_what, rows, characters, next) => {
  expect(nextBatch(rows, characters)).toBe(next);
});
