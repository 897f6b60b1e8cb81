import { expect, test } from "vitest";
import { countWords, filterWords } from "./item-words";

test.each([
  [{ total: 12_480, atLeast: 10_000 }, true, "12,480 items match"],
  [{ total: null, atLeast: 10_000 }, true, "10,000+ items match"],
  [{ total: null, atLeast: 10_000 }, false, "10,000+ items"],
  [{ total: 1, atLeast: 1 }, true, "1 item matches"],
  [{ total: 1, atLeast: 1 }, false, "1 item"],
  [{ total: 0, atLeast: 0 }, false, "0 items"],
])("%j, filtered %s: %s", (count, filtered, words) => expect(countWords(count, filtered)).toBe(words));

const names = { source: "Dairy news", preset: undefined, run: 7 };
const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";

test.each([
  [{ text: "milk" }, "“milk”"],
  [{ text: "milk", sourceId: id, state: "new" }, "“milk”, the source “Dairy news” and the state “New”"],
  [{ sourceHealth: "failing" }, "sources that fail now"],
  [{ presetId: id, runId: id }, "a preset that was deleted and run 7"],
  [{ collectedFrom: "2026-11-20", collectedTo: "2026-11-20" }, "collected on 2026-11-20"],
  [{ collectedFrom: "2026-11-20", publishedTo: "2026-11-30" }, "collected from 2026-11-20 on and published up to 2026-11-30"],
  [{ publishedFrom: "2026-11-01", publishedTo: "2026-11-30" }, "published from 2026-11-01 to 2026-11-30"],
] as const)("%j is said in words", (filter, words) => expect(filterWords(filter, names)).toBe(words));
