import { expect, test } from "vitest";
import type { LargeExport } from "@/domain/large-export";
import { countWords, exportNote, scopeWords, stateWords } from "./export-words";

test.each([
  [12_480, true, "12,480 items that match the current filters (not just this page)"],
  [12_480, false, "12,480 items (everything, not just this page)"],
  [1, true, "1 item that matches the current filters (not just this page)"],
])("%s items, filtered: %s", (count, isFiltered, words) => {
  expect(`${countWords(count)} ${scopeWords(count, isFiltered)}`).toBe(words);
});

test.each([
  [5_000, "csv", null],
  [5_001, "csv", "So many are written in the background. You can close this panel meanwhile; the file is kept for 7 days."],
  [1_048_576, "xlsx", "A worksheet holds 1,048,575 items, so the workbook will have 2 worksheets."],
] as const)("the note for %s items as %s", (count, format, note) => {
  expect(exportNote(count, format)).toBe(note);
});

const exported = (part: Partial<LargeExport>) => ({ total: null, itemsDone: 0, bytes: 0, message: null, ...part }) as LargeExport;

test.each([
  [{ status: "queued" }, "Waits for a worker."],
  [{ status: "running" }, "Counts the items."],
  [{ status: "running", itemsDone: 4_000 }, "4,000 items so far"],
  [{ status: "running", total: 12_480, itemsDone: 4_000 }, "4,000 of 12,480 items"],
  [{ status: "done", itemsDone: 12_480, bytes: 4_200_000 }, "12,480 items, 4.2 MB"],
  [{ status: "cancelled", itemsDone: 4_000 }, "Cancelled after 4,000 items. There is no file."],
  [{ status: "failed", message: "The file became too large." }, "The file became too large."],
] as const)("%j", (part, words) => {
  expect(stateWords(exported(part))).toBe(words);
});
