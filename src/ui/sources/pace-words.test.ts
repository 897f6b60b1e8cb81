import { expect, test } from "vitest";
import { paceWords } from "./pace-words";

const HOUR_MS = 3_600_000;

test.each([
  ["feed", null, null],
  ["feed", {}, null],
  ["feed", { answerMs: 60_000 }, null],
  ["feed", { documentMs: 2 * HOUR_MS, answerMs: 300_000 }, "This feed asks to be read at most every 2 h."],
  ["csv", { answerMs: HOUR_MS }, "The site of this source asks to be read at most every 1 h."],
  ["feed", { skipDays: [0] }, "This feed asks to be left alone at some hours or on some days."],
  ["feed", { documentMs: HOUR_MS, skipHours: [3] }, "This feed asks to be read at most every 1 h, and to be left alone at some hours or on some days."],
] as const)("of %s, %j is told as %s", (kind, pace, words) => {
  expect(paceWords(kind, pace as Parameters<typeof paceWords>[1])).toBe(words);
});
