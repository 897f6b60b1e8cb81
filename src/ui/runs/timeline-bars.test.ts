import { describe, expect, it } from "vitest";
import type { TimelineRun } from "@/domain/run-timeline";
import { timelineRows } from "@/domain/run-timeline";
import { drawnRuns, shareOf, timelineBars } from "./timeline-bars";

const now = new Date("2026-11-24T10:30:00Z");
const rows = timelineRows("day", "UTC", now);
const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);

const run = (number: number, times: Partial<TimelineRun>): TimelineRun => ({
  id: `run-${number}`,
  number,
  status: "succeeded",
  presetName: "Everything",
  slotAt: null,
  spanStartAt: null,
  missedCount: 0,
  queuedAt: at("00:00"),
  startedAt: null,
  finishedAt: null,
  ...times,
});

/** "hour of the row: number from-to", with "…" before the parts of a run that are not its first. */
function drawn(...runs: TimelineRun[]): string[] {
  return timelineBars(rows, runs, now).flatMap((bars, index) =>
    bars.map((bar) => `${rows[index]?.startsAt.getUTCHours()}: ${bar.continues ? "…" : ""}${bar.run.number} ${bar.from}-${bar.to}`),
  );
}

describe("timelineBars", () => {
  it("reach from the start to the end", () => expect(drawn(run(1, { startedAt: at("07:15"), finishedAt: at("07:30") }))).toEqual(["7: 1 0.25-0.5"]));
  it("reach to the present while the run is going", () => expect(drawn(run(1, { status: "running", startedAt: at("10:15") }))).toEqual(["10: 1 0.25-0.5"]));
  it("show the wait of a run that has not started", () => expect(drawn(run(1, { status: "queued", queuedAt: at("10:24") }))).toEqual(["10: 1 0.4-0.5"]));

  it("go on in the rows that a long run reaches into, where its name is not said again", () => {
    expect(drawn(run(1, { startedAt: at("07:45"), finishedAt: at("09:15") }))).toEqual(["9: …1 0-0.25", "8: …1 0-1", "7: 1 0.75-1"]);
  });

  it("say the name of a run that began before the first row where it comes into view", () => {
    const startedAt = new Date("2026-11-23T10:00:00Z");
    expect(drawn(run(1, { startedAt, finishedAt: new Date("2026-11-23T11:30:00Z") }))).toEqual(["11: 1 0-0.5"]);
  });

  it("do not reach into a row at whose first instant the run ended", () => {
    expect(drawn(run(1, { startedAt: at("07:30"), finishedAt: at("08:00") }))).toEqual(["7: 1 0.5-1"]);
  });

  it("mark a skipped slot at its time, upon the run that was in its way", () => {
    const [blocking, skipped] = [
      { startedAt: at("07:00"), finishedAt: at("07:30") },
      { status: "skipped" as const, slotAt: at("07:15"), finishedAt: now },
    ];
    expect(drawn(run(1, blocking), run(2, skipped))).toEqual(["7: 1 0-0.5", "7: 2 0.25-0.25"]);
  });

  it("mark a slot on the hour once", () => {
    expect(drawn(run(1, { status: "skipped", slotAt: at("08:00"), finishedAt: now }))).toEqual(["8: 1 0-0"]);
  });

  it("span the slots that were missed, however late that was found out", () => {
    const missed = run(1, { status: "missed", spanStartAt: at("05:30"), slotAt: at("06:30"), queuedAt: at("09:00"), finishedAt: at("09:00") });
    expect(drawn(missed)).toEqual(["6: …1 0-0.5", "5: 1 0.5-1"]);
  });

  it("leave out what is not in any row", () => {
    const before = new Date("2026-11-22T10:00:00Z");
    expect(drawn(run(1, { startedAt: before, finishedAt: before }))).toEqual([]);
  });

  it("are gone through oldest first, each run once", () => {
    const runs = [run(1, { startedAt: at("07:45"), finishedAt: at("09:15") }), run(2, { startedAt: at("09:20"), finishedAt: at("09:21") })];
    expect(drawnRuns(timelineBars(rows, runs, now)).map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe("shareOf", () => {
  it("is where the present stands in its row", () => expect(rows.map((row) => shareOf(row, now)).filter((share) => share !== null)).toEqual([0.5]));
});
