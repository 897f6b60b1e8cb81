import { describe, expect, it } from "vitest";
import type { RunEvent } from "@/domain/run-event";
import { filterLog, logText, WHOLE_LOG } from "./log-lines";

const line = (number: number, level: RunEvent["level"], sourceId: string | null): RunEvent => ({
  number,
  at: new Date("2026-11-24T23:00:03Z"),
  level,
  code: "taken",
  sourceId,
  sourceName: sourceId && `Source ${sourceId}`,
  message: `Line ${number}.`,
});
const EVENTS = [line(0, "info", null), line(1, "info", "a"), line(2, "warning", "a"), line(3, "error", "b"), line(4, "warning", null)];
const numbers = (view: Parameters<typeof filterLog>[1]) => filterLog(EVENTS, view).map(({ number }) => number);

describe("filterLog", () => {
  it.each([
    [WHOLE_LOG, [0, 1, 2, 3, 4]],
    [{ source: "a", level: "all" }, [1, 2]],
    [{ source: "run", level: "all" }, [0, 4]],
    [{ source: null, level: "warnings" }, [2, 3, 4]],
    [{ source: null, level: "errors" }, [3]],
    [{ source: "a", level: "errors" }, []],
  ] as const)("%j shows %j", (view, expected) => expect(numbers(view)).toEqual(expected));
});

describe("logText", () => {
  it("stands for itself: the run, the zone, and each line's day, time, level and source", () => {
    expect(logText(EVENTS.slice(2, 5), { runNumber: 7, timeZone: "Europe/Berlin" })).toBe(
      [
        "Run 7. Times are Berlin time.",
        "Wed 25 Nov 2026, 00:00:03  WARNING  Source a: Line 2.",
        "Wed 25 Nov 2026, 00:00:03  ERROR    Source b: Line 3.",
        "Wed 25 Nov 2026, 00:00:03  WARNING  Line 4.",
        "",
      ].join("\n"),
    );
  });
});
