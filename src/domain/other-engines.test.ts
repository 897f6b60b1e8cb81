import { CronExpressionParser } from "cron-parser";
import { Cron } from "croner";
import cron from "node-cron";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseCron } from "./cron-expression";
import { occurrences } from "./occurrences";

/**
 * Why there is an engine of our own: where node-cron 4.6.0, cron-parser 5.10.5 and croner 11.0.1 differ from it. When one
 * of these fails after an upgrade, the library has changed, and the reasons in the documentation want another look.
 */
afterEach(() => {
  vi.useRealTimers();
});

const REFUSED = "refused";

function attempt(find: () => Date | undefined | null): string {
  try {
    return find()?.toISOString().slice(0, 16) ?? "none";
  } catch {
    return REFUSED;
  }
}

function firstOf(text: string, timeZone: string, after: string): { ours: string; nodeCron: string; cronParser: string; croner: string } {
  const start = new Date(after);
  return {
    ours: attempt(() => (parseCron(text).ok ? occurrences(text, timeZone, start, 1)[0] : occurrences("refused", timeZone, start, 1)[0])),
    nodeCron: attempt(() => nextOfNodeCron(text, timeZone, start)),
    cronParser: attempt(() => CronExpressionParser.parse(text, { currentDate: start, tz: timeZone }).next().toDate()),
    croner: attempt(() => new Cron(text, { timezone: timeZone }).nextRun(start)),
  };
}

/** node-cron tells its next run only once it is started, and only from now on. */
function nextOfNodeCron(text: string, timeZone: string, now: Date): Date | null {
  vi.useFakeTimers({ now });
  const task = cron.createTask(text, () => {}, { timezone: timeZone });
  try {
    void task.start();
    return task.getNextRun();
  } finally {
    void task.destroy();
    vi.useRealTimers();
  }
}

const NY = "America/New_York";

describe("the next run", () => {
  it.each([
    {
      about: "on the 13th or a Friday",
      at: ["0 0 13 * 5", "UTC", "2026-11-23T00:00:00Z"],
      expected: { ours: "2026-11-27T00:00", nodeCron: "2027-08-13T00:00", cronParser: "2026-11-27T00:00", croner: "2026-11-27T00:00" },
    },
    {
      about: "when the day of month covers all days and only the weekday restricts",
      at: ["0 0 1-31 * 1", "UTC", "2026-11-23T00:00:00Z"],
      expected: { ours: "2026-11-30T00:00", nodeCron: "2026-11-30T00:00", cronParser: "2026-11-24T00:00", croner: "2026-11-24T00:00" },
    },
    {
      about: "in a gap of an hour",
      at: ["30 2 * * *", NY, "2027-03-14T05:00:00Z"],
      expected: { ours: "2027-03-14T07:00", nodeCron: "2027-03-15T06:30", cronParser: "2027-03-14T07:30", croner: "2027-03-14T07:00" },
    },
    {
      about: "in the second pass of an interval",
      at: ["*/30 * * * *", NY, "2026-11-01T05:30:00Z"],
      expected: { ours: "2026-11-01T06:00", nodeCron: "2026-11-01T07:00", cronParser: "2026-11-01T06:00", croner: "2026-11-01T06:00" },
    },
    {
      about: "in the second pass of a range of hours",
      at: ["0 1-23 * * *", NY, "2026-11-01T05:00:00Z"],
      expected: { ours: "2026-11-01T06:00", nodeCron: "2026-11-01T07:00", cronParser: "2026-11-01T07:00", croner: "2026-11-01T06:00" },
    },
    {
      about: "at a midnight that doesn't exist",
      at: ["0 0 * * *", "America/Santiago", "2027-09-04T12:00:00Z"],
      expected: { ours: "2027-09-05T04:00", nodeCron: "2027-09-06T03:00", cronParser: "2027-09-05T04:00", croner: "2027-09-05T04:00" },
    },
    {
      about: "in a gap of half an hour",
      at: ["15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z"],
      expected: { ours: "2026-10-03T15:30", nodeCron: "2026-10-04T15:15", cronParser: "2026-10-04T15:15", croner: "2026-10-03T15:30" },
    },
    {
      about: "over the night in which clocks go back half an hour",
      at: ["0 23 * * *", "Australia/Lord_Howe", "2027-04-03T12:00:00Z"],
      expected: { ours: "2027-04-04T12:30", nodeCron: "2027-04-04T12:30", cronParser: REFUSED, croner: "2027-04-04T12:30" },
    },
    {
      about: "in a gap that ends at midnight",
      at: ["0 23 * * *", "America/Nuuk", "2027-03-27T12:00:00Z"],
      expected: { ours: "2027-03-28T01:00", nodeCron: "2027-03-29T00:00", cronParser: "2027-03-29T00:00", croner: "2027-03-29T00:00" },
    },
  ] as const)("$about: $at", ({ at: [text, timeZone, after], expected }) => {
    expect(firstOf(text, timeZone, after)).toEqual(expected);
  });
});

describe("what is accepted", () => {
  const accepts = (text: string) =>
    Object.fromEntries(Object.entries(firstOf(text, "UTC", "2026-11-23T00:00:00Z")).map(([name, answer]) => [name, answer !== REFUSED]));

  it.each([
    ["", { ours: false, nodeCron: false, cronParser: true, croner: false }],
    ["0 9 * *", { ours: false, nodeCron: false, cronParser: true, croner: false }],
    ["0 0 9 * * *", { ours: false, nodeCron: true, cronParser: true, croner: true }],
    ["H 9 * * *", { ours: false, nodeCron: false, cronParser: true, croner: false }],
    ["0 0 1W * *", { ours: false, nodeCron: true, cronParser: false, croner: true }],
    ["5/15 * * * *", { ours: true, nodeCron: false, cronParser: true, croner: false }],
    ["0 0 * * 0,7", { ours: true, nodeCron: true, cronParser: false, croner: true }],
    ["5-1 * * * *", { ours: false, nodeCron: true, cronParser: false, croner: false }],
  ])("%j", (text, expected) => {
    expect(accepts(text)).toEqual(expected);
  });
});
