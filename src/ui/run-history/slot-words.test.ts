import { expect, it } from "vitest";
import type { RecentSlot } from "@/domain/run-history";
import { slotWords } from "./slot-words";

const NOW = new Date("2026-11-24T07:01:00Z");
const AT = new Date("2026-11-24T07:00:00Z");
const slot = (changes: Partial<RecentSlot>): RecentSlot => ({
  at: AT,
  status: "succeeded",
  runId: "0198f2c0-0000-7000-8000-000000000001",
  runNumber: 12,
  ...{ newCount: 14, changedCount: 0, sourceCount: 2, failedSourceCount: 0 },
  startedAt: AT,
  finishedAt: new Date(AT.getTime() + 8_000),
  ...{ blockingRunNumber: null, message: null },
  ...changes,
});

it.each<[Partial<RecentSlot>, string]>([
  [{}, "Succeeded, 14 new items, 8 s"],
  [{ newCount: 1, changedCount: 2 }, "Succeeded, 1 new item, 2 changed, 8 s"],
  [{ status: "partial", failedSourceCount: 1, message: "Feed: 404 Not found." }, "Partial, 14 new items, 1 of 2 sources failed, 8 s, Feed: 404 Not found."],
  [{ status: "running", newCount: 0, finishedAt: null }, "Running, 0 new items, going for 1 min"],
  [{ status: "queued", newCount: 0, startedAt: null, finishedAt: null }, "Queued, 0 new items"],
  [{ status: "skipped", blockingRunNumber: 11, startedAt: null }, "Skipped, Run 11 was still going."],
  [{ status: "skipped", message: "Ada left it out.", startedAt: null }, "Skipped, Ada left it out."],
  [{ status: "missed", startedAt: null }, "Missed, No scheduler was there to start it."],
  [{ status: "passed_over", startedAt: null }, "Passed over, Run 12 was started for a later slot instead."],
])("a slot with %j is “%s”", (changes, words) => {
  expect(slotWords(slot(changes), NOW)).toBe(words);
});
