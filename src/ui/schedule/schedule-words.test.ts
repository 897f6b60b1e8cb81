import { describe, expect, it } from "vitest";
import type { Schedule } from "@/domain/schedule";
import { runsSentence, savedSentence } from "./schedule-words";

const now = new Date("2026-11-24T10:00:00Z");

function schedule(changes: Partial<Schedule>): Schedule {
  return {
    id: "0198f2c0-0000-7000-8000-000000000001",
    version: 1,
    cronExpression: "30 3 * * *",
    timeZone: "Europe/Berlin",
    presetId: null,
    enabled: true,
    missedPolicy: "run_once",
    graceMs: 0,
    runLimitMs: null,
    nextRunAt: new Date("2026-11-25T02:30:00Z"),
    problem: null,
    lowerBoundAt: now,
    updatedAt: now,
    updatedByName: null,
    ...changes,
  };
}

describe("runsSentence", () => {
  it("is a plain sentence with its zone", () => {
    expect(runsSentence("0 7 * * 1-5", "Europe/Berlin")).toBe("Runs every weekday at 07:00, Berlin time.");
    expect(runsSentence("0 * * * *", "UTC", "Would run")).toBe("Would run every hour, UTC.");
  });
});

describe("savedSentence", () => {
  it("names the next run in both zones", () => {
    expect(savedSentence(schedule({}), "Europe/London", now)).toBe("Saved. Next run: Wed 25 Nov, 03:30 Berlin (02:30 your time).");
    expect(savedSentence(schedule({}), "Europe/Paris", now)).toBe("Saved. Next run: Wed 25 Nov, 03:30 Berlin.");
  });

  it("says that nothing starts while it is off", () => {
    expect(savedSentence(schedule({ enabled: false, nextRunAt: null }), null, now)).toBe("Saved. The schedule is off, so nothing starts by itself.");
  });
});
