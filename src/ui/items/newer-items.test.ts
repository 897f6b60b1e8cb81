import { expect, test } from "vitest";
import { newerThan, newerWords } from "./newer-items";

const item = (id: string, second: number) => ({ id, lastChangedAt: new Date(second * 1_000) });
const top = item("9", 5);

test("what changed later is newer, and of what changed at once that with the higher number", () => {
  const items = [item("3", 7), item("10", 5), top, item("8", 5), item("50", 1)];
  expect(newerThan(top, { items, nextCursor: "c" })).toEqual({ count: 2, isMore: false });
});

test("an item that was shown first and has changed since is newer than it was", () => {
  expect(newerThan(top, { items: [item("9", 8), item("1", 4)], nextCursor: null })).toEqual({ count: 1, isMore: false });
});

test("where all of a page is newer there may be more", () => {
  expect(newerThan(top, { items: [item("11", 8), item("10", 8)], nextCursor: "c" })).toEqual({ count: 2, isMore: true });
  expect(newerThan(top, { items: [item("11", 8)], nextCursor: null })).toEqual({ count: 1, isMore: false });
  expect(newerThan(top, { items: [], nextCursor: null })).toEqual({ count: 0, isMore: false });
});

test.each([
  [{ count: 1, isMore: false }, "1 newer item"],
  [{ count: 50, isMore: true }, "50+ newer items"],
])("%j reads %s", (newer, words) => expect(newerWords(newer)).toBe(words));
