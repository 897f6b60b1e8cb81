import { expect, test } from "vitest";
import { groupByDay } from "./group-by-day";
import { formatDay } from "./zoned-time";

const rows = ["2026-11-24T03:30:00Z", "2026-11-24T06:00:00Z", "2026-11-25T03:30:00Z"].map((at) => ({ at: new Date(at) }));
const NOW = new Date("2026-11-23T10:00:00Z");

test("rows stand below the day that the schedule's clock shows", () => {
  const days = (timeZone: string) => groupByDay(rows, ({ at }) => formatDay(at, timeZone, NOW)).map((day) => `${day.label}: ${day.rows.length}`);
  expect(days("UTC")).toEqual(["Tue 24 Nov: 2", "Wed 25 Nov: 1"]);
  expect(days("America/New_York")).toEqual(["Mon 23 Nov: 1", "Tue 24 Nov: 2"]);
});
