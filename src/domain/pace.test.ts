import { describe, expect, it } from "vitest";
import { comeBackAt, type Pace, statedPauseMs } from "./pace";

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** A Friday. */
const at = (time: string, day = "27") => new Date(`2026-11-${day}T${time}Z`);
const hours = (count: number): Pace => ({ documentMs: count * HOUR_MS });

describe("a source's pause", () => {
  it.each<[string, Pace, number | null]>([
    ["nothing is stated", {}, null],
    ["a minute is stated, which no schedule is shorter than", { answerMs: MINUTE_MS }, null],
    ["an hour is", hours(1), HOUR_MS],
    ["both state one: the longer counts", { documentMs: HOUR_MS, answerMs: 300_000 }, HOUR_MS],
    ["both state one, the other way round", { documentMs: 5 * MINUTE_MS, answerMs: HOUR_MS }, HOUR_MS],
    ["a month is stated: a day at most", hours(720), 24 * HOUR_MS],
  ])("where %s", (_, pace, ms) => {
    expect(statedPauseMs(pace)).toBe(ms);
  });
});

describe("a source that was read at 07:00", () => {
  const readAt = at("07:00:00");

  it.each<[string, Pace, Date, Date | null]>([
    ["and says nothing is asked at once", {}, at("07:00:01"), null],
    ["with an hour is not asked after half of it", hours(1), at("07:30:00"), at("08:00:00")],
    ["with an hour is asked a little early, so that an hourly schedule does not miss every second run", hours(1), at("07:54:00"), null],
    ["with an hour is not asked earlier than that", hours(1), at("07:53:59"), at("08:00:00")],
    ["with six hours is asked a quarter of an hour early at most", hours(6), at("12:45:00"), null],
    ["with six hours is not asked earlier than that", hours(6), at("12:44:59"), at("13:00:00")],
    ["with a week is asked after a day", hours(168), at("06:45:00", "28"), null],
    ["with a week is not asked before", hours(168), at("06:44:59", "28"), at("07:00:00", "28")],
    ["is left alone at hours that it does not want", { skipHours: [9, 10] }, at("09:30:00"), at("11:00:00")],
    ["is asked at the others", { skipHours: [9, 10] }, at("11:00:00"), null],
    ["is told of the first hour that it wants after its pause", { ...hours(2), skipHours: [9, 10] }, at("08:00:00"), at("11:00:00")],
    ["is left alone on days that it does not want, for a day at most", { skipDays: [5, 6] }, at("12:00:00"), at("07:00:00", "28")],
    ["is asked a day later whatever it wants", { skipDays: [5, 6] }, at("06:50:00", "28"), null],
    ["is left alone until midnight where the day after is wanted", { skipDays: [5] }, at("12:00:00"), at("00:00:00", "28")],
    ["is asked a day later where it wants no hour at all", { skipHours: Array.from({ length: 24 }, (_, hour) => hour) }, at("07:00:00", "28"), null],
  ])("%s", (_, pace, now, expected) => {
    expect(comeBackAt(pace, readAt, now)).toEqual(expected);
  });
});

describe("runs of an hour, the sources of which are asked some seconds or minutes later", () => {
  it("ask a source of an hour in each of them", () => {
    let readAt = at("00:00:03");
    for (let hour = 1; hour < 24; hour++) {
      // The run begins a few seconds after its slot, now more and now fewer.
      const now = new Date(at("00:00:00").getTime() + hour * HOUR_MS + (hour % 2) * 4_000);
      expect(comeBackAt(hours(1), readAt, now)).toBeNull();
      readAt = now;
    }
  });
});
