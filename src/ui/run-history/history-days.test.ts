import { describe, expect, it } from "vitest";
import { parseIsoDay } from "@/domain/zone-days";
import { addDays, dayCounts, dayName, dayPath, historyDays, monthSpans, weekStarts } from "./history-days";

const NOTHING = { runs: 0, failed: 0, skipped: 0, missed: 0, newItems: 0 };

describe("the days of the heatmap", () => {
  it("are all from the first Monday to today, also those on which nothing happened", () => {
    const busy = { ...NOTHING, date: "2026-06-02", runs: 2 };
    const days = historyDays({ from: "2026-06-01", to: "2026-11-24", days: [busy] });
    expect(days).toHaveLength(177);
    expect(days.slice(0, 2)).toMatchObject([
      { date: "2026-06-01", runs: 0 },
      { date: "2026-06-02", runs: 2 },
    ]);
    expect(days.at(-1)).toMatchObject({ date: "2026-11-24" });
  });

  it.each([
    [0, "2026-11-24", -1, 26],
    [1, "2026-11-24", 0, 26],
    [6, "2026-11-24", -2, 26],
    [0, "2026-11-29", -1, 27],
    [1, "2026-11-29", 0, 26],
  ])("stand in weeks that begin with day %d: up to %s the first begins at %d, and there are %d", (firstWeekday, to, first, count) => {
    const starts = weekStarts(historyDays({ from: "2026-06-01", to, days: [] }), firstWeekday);
    expect([starts[0], starts[1], starts.length]).toEqual([first, first + 7, count]);
  });

  it("stand under the month of their week's first day", () => {
    const days = historyDays({ from: "2026-06-01", to: "2026-11-24", days: [] });
    const spans = monthSpans(days, 1);
    expect(spans.map(({ label, weeks }) => `${label} ${weeks}`)).toEqual(["Jun 5", "Jul 4", "Aug 5", "Sep 4", "Oct 4", "Nov 4"]);
    expect(spans.reduce((sum, { weeks }) => sum + weeks, 0)).toBe(26);
    expect(monthSpans(days, 0).map(({ label, weeks }) => `${label} ${weeks}`)).toEqual(["Jun 5", "Jul 4", "Aug 5", "Sep 4", "Oct 4", "Nov 4"]);
  });
});

describe("a day in words", () => {
  it.each([
    [{ ...NOTHING, runs: 2, failed: 1, newItems: 14 }, "2 runs, 1 failed, 14 new items"],
    [{ ...NOTHING, runs: 1, newItems: 1 }, "1 run, 1 new item"],
    [{ ...NOTHING, runs: 1_440, newItems: 0 }, "1,440 runs, 0 new items"],
    [{ ...NOTHING, missed: 1 }, "1 slot missed"],
    [{ ...NOTHING, skipped: 2, missed: 3 }, "2 slots skipped, 3 slots missed"],
    [NOTHING, "nothing ran"],
  ])("%j is “%s”", (day, words) => {
    expect(dayCounts(day)).toBe(words);
  });

  it("has its year where that is another one", () => {
    const today = parseIsoDay("2027-01-05") ?? 0;
    expect(dayName(today, today)).toBe("Tue 5 Jan");
    expect(dayName(today - 6, today)).toBe("Wed 30 Dec 2026");
  });
});

it("days add up, and each leads to its runs", () => {
  const day = { date: "2026-11-24", runs: 2, failed: 1, skipped: 0, missed: 3, newItems: 5 };
  expect(addDays([day, { ...day, date: "2026-11-25" }])).toEqual({ runs: 4, failed: 2, skipped: 0, missed: 6, newItems: 10 });
  expect(dayPath("2026-11-24")).toBe("/runs?from=2026-11-24&to=2026-11-24");
});
