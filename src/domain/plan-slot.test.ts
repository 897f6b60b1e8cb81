import { describe, expect, it } from "vitest";
import { isAppError } from "./errors";
import { MAX_COUNTED_SLOTS, planSlot, type SlotPlanInput } from "./plan-slot";

const HOUR_MS = 3_600_000;

function plan(input: Partial<Omit<SlotPlanInput, "lowerBound" | "now" | "nextRunAt">> & { lowerBound: string; now: string; nextRunAt?: string }) {
  const { lowerBound, now, nextRunAt, ...rest } = input;
  const planned = planSlot({
    expression: "0 10 * * *",
    timeZone: "UTC",
    graceMs: HOUR_MS,
    missedPolicy: "run_once",
    activeRunId: null,
    spreadOffsetMs: 0,
    skipSlotAt: null,
    ...rest,
    lowerBound: new Date(lowerBound),
    now: new Date(now),
    nextRunAt: nextRunAt === undefined ? null : new Date(nextRunAt),
  });
  return JSON.parse(JSON.stringify(planned));
}

const queued = (slotAt: string, latenessMs: number, superseded: object = {}) => ({
  kind: "queued",
  slotAt,
  latenessMs,
  onTime: latenessMs <= 60_000,
  supersededCount: 0,
  supersededFrom: null,
  countIsLowerBound: false,
  ...superseded,
});

const DAY = "2026-11-23";
const NEXT_DAY = "2026-11-24T10:00:00.000Z";
const SLOT = `${DAY}T10:00:00.000Z`;
const due = { lowerBound: `${DAY}T09:59:00Z`, nextRunAt: SLOT };

describe("acceptance vectors", () => {
  it("vector 11: down from 09:59 to 10:59:59.999, the 10:00 slot runs late, once", () => {
    const first = plan({ ...due, now: `${DAY}T10:59:59.999Z` });
    expect(first).toEqual({ rows: [queued(SLOT, 3_599_999)], nextRunAt: NEXT_DAY, newLowerBound: SLOT });
    expect(plan({ lowerBound: first.newLowerBound, nextRunAt: first.nextRunAt, now: `${DAY}T10:59:59.999Z` }).rows).toEqual([]);
  });

  it("vector 12: lateness of exactly the grace period runs, a millisecond more is missed", () => {
    expect(plan({ ...due, now: `${DAY}T11:00:00.000Z` }).rows).toEqual([queued(SLOT, HOUR_MS)]);
    expect(plan({ ...due, now: `${DAY}T11:00:00.001Z` }).rows).toEqual([
      { kind: "missed", slotAt: SLOT, spanStartAt: SLOT, latenessMs: HOUR_MS + 1, count: 1, countIsLowerBound: false },
    ]);
  });

  it("vector 13: down 6 h on */10 gives one late run that counts 35 superseded slots", () => {
    const planned = plan({ expression: "*/10 * * * *", lowerBound: `${DAY}T06:00:00Z`, nextRunAt: `${DAY}T06:10:00Z`, now: `${DAY}T12:03:00Z` });
    expect(planned.rows).toEqual([queued(`${DAY}T12:00:00.000Z`, 180_000, { supersededCount: 35, supersededFrom: `${DAY}T06:10:00.000Z` })]);
    expect(planned.nextRunAt).toBe(`${DAY}T12:10:00.000Z`);
  });

  it("vector 16: a run that ends in the millisecond of the next slot leaves exactly one row for it, either way", () => {
    expect(plan({ ...due, now: SLOT, activeRunId: null }).rows).toEqual([queued(SLOT, 0)]);
    const skipped = plan({ ...due, now: SLOT, activeRunId: "run-1" });
    expect(skipped.rows).toEqual([
      { kind: "skipped", slotAt: SLOT, latenessMs: 0, blockingRunId: "run-1", supersededCount: 0, supersededFrom: null, countIsLowerBound: false },
    ]);
    expect(plan({ lowerBound: skipped.newLowerBound, now: SLOT }).rows).toEqual([]);
  });

  it("vector 17: an edit from 01:15 to 02:15 at 01:40 runs at 02:15 only", () => {
    const edited = { expression: "15 2 * * *", lowerBound: `${DAY}T01:40:00Z` };
    expect(plan({ ...edited, now: `${DAY}T01:40:00Z` })).toEqual({ rows: [], nextRunAt: `${DAY}T02:15:00.000Z`, newLowerBound: `${DAY}T01:40:00.000Z` });
    expect(plan({ ...edited, now: `${DAY}T02:15:00Z` }).rows).toEqual([queued(`${DAY}T02:15:00.000Z`, 0)]);
  });

  it("vector 18: a schedule that was off from 09:50 to 10:10 doesn't run its 10:00 slot", () => {
    expect(plan({ lowerBound: `${DAY}T10:10:00Z`, now: `${DAY}T10:10:00Z` })).toEqual({ rows: [], nextRunAt: NEXT_DAY, newLowerBound: `${DAY}T10:10:00.000Z` });
  });
});

describe("a due slot", () => {
  it.each([
    ["on time at its instant", `${DAY}T10:00:00.000Z`, true, 0],
    ["on time up to 60 s", `${DAY}T10:01:00.000Z`, true, 60_000],
    ["late beyond 60 s", `${DAY}T10:01:00.001Z`, false, 60_001],
  ])("is %s", (_title, now, onTime, latenessMs) => {
    expect(plan({ ...due, now }).rows).toEqual([{ ...queued(SLOT, latenessMs), onTime }]);
  });

  it("is not there a millisecond before, nor at the lower bound itself", () => {
    expect(plan({ ...due, now: `${DAY}T09:59:59.999Z` })).toEqual({ rows: [], nextRunAt: SLOT, newLowerBound: `${DAY}T09:59:00.000Z` });
    expect(plan({ lowerBound: SLOT, now: SLOT })).toEqual({ rows: [], nextRunAt: NEXT_DAY, newLowerBound: SLOT });
  });

  it("of a busy organization is skipped once and counts the older ones", () => {
    const planned = plan({ expression: "*/10 * * * *", lowerBound: `${DAY}T10:00:00Z`, now: `${DAY}T10:30:05Z`, activeRunId: "run-7" });
    expect(planned.rows).toEqual([
      {
        kind: "skipped",
        slotAt: `${DAY}T10:30:00.000Z`,
        latenessMs: 5_000,
        blockingRunId: "run-7",
        supersededCount: 2,
        supersededFrom: `${DAY}T10:10:00.000Z`,
        countIsLowerBound: false,
      },
    ]);
  });

  it("beyond the grace period is missed even when the organization is busy", () => {
    expect(plan({ ...due, now: `${DAY}T12:00:00Z`, activeRunId: "run-7" }).rows).toMatchObject([{ kind: "missed", count: 1 }]);
  });

  it("is one missed row for a whole span", () => {
    const planned = plan({ lowerBound: "2026-11-20T09:00:00Z", now: `${DAY}T20:00:00Z` });
    expect(planned.rows).toEqual([
      { kind: "missed", slotAt: SLOT, spanStartAt: "2026-11-20T10:00:00.000Z", latenessMs: 10 * HOUR_MS, count: 4, countIsLowerBound: false },
    ]);
    expect(planned).toMatchObject({ nextRunAt: NEXT_DAY, newLowerBound: SLOT });
  });

  it("of a zone whose clocks jump counts at the instant where the gap ends", () => {
    const planned = plan({ expression: "30 2 * * *", timeZone: "America/New_York", lowerBound: "2027-03-14T00:00:00Z", now: "2027-03-14T07:00:30Z" });
    expect(planned.rows).toEqual([queued("2027-03-14T07:00:00.000Z", 30_000)]);
  });
});

describe("the policy to skip what was missed", () => {
  it("still runs what is at most 60 s late", () => {
    expect(plan({ ...due, missedPolicy: "skip", now: `${DAY}T10:01:00.000Z` }).rows).toEqual([queued(SLOT, 60_000)]);
  });

  it("records anything later as missed, within the grace period too", () => {
    expect(plan({ ...due, missedPolicy: "skip", now: `${DAY}T10:01:00.001Z` }).rows).toMatchObject([{ kind: "missed", slotAt: SLOT, count: 1 }]);
  });
});

describe("after months of downtime", () => {
  const months = { expression: "* * * * *", timeZone: "Europe/Berlin", lowerBound: "2026-01-01T00:00:00Z", now: `${DAY}T10:00:20Z` };

  it("the newest slot runs and the count says that it is a lower bound", () => {
    const planned = plan(months);
    expect(planned.rows).toEqual([
      queued(SLOT, 20_000, { supersededCount: MAX_COUNTED_SLOTS - 1, supersededFrom: "2026-01-01T00:01:00.000Z", countIsLowerBound: true }),
    ]);
    expect(planned).toMatchObject({ nextRunAt: `${DAY}T10:01:00.000Z`, newLowerBound: SLOT });
  });

  it("a slot that comes in bursts is found however long ago the last burst was", () => {
    const planned = plan({ ...months, expression: "* * * 1 *" });
    expect(planned.rows).toMatchObject([{ kind: "missed", slotAt: "2026-01-31T22:59:00.000Z", countIsLowerBound: true }]);
    expect(planned.nextRunAt).toBe("2026-12-31T23:00:00.000Z");
  });

  it("exactly the most that is counted is still an exact count", () => {
    const now = new Date(Date.parse(months.lowerBound) + MAX_COUNTED_SLOTS * 60_000).toISOString();
    expect(plan({ ...months, now }).rows).toMatchObject([{ supersededCount: MAX_COUNTED_SLOTS - 1, countIsLowerBound: false }]);
  });
});

it("has no next run where 5 years have none", () => {
  expect(plan({ expression: "0 0 29 2 *", lowerBound: "2096-02-28T00:00:00Z", now: "2096-02-29T00:00:00Z" })).toMatchObject({
    rows: [{ kind: "queued" }],
    nextRunAt: null,
  });
});

it("throws for an expression that can't be read, so that the caller can flag that schedule alone", () => {
  try {
    plan({ ...due, expression: "0 99 * * *", now: SLOT });
    expect.unreachable();
  } catch (error) {
    expect(isAppError(error) && error.code).toBe("validation");
  }
});

describe("a slot that a person asked to leave out", () => {
  it("is skipped, with nobody in its way", () => {
    const planned = plan({ ...due, now: `${DAY}T10:00:01Z`, skipSlotAt: new Date(SLOT) });
    expect(planned.rows).toEqual([
      { kind: "skipped", slotAt: SLOT, latenessMs: 1_000, blockingRunId: null, supersededCount: 0, supersededFrom: null, countIsLowerBound: false },
    ]);
    expect(planned).toMatchObject({ nextRunAt: NEXT_DAY, newLowerBound: SLOT });
  });

  it("leaves other slots alone", () => {
    expect(plan({ ...due, now: `${DAY}T10:00:01Z`, skipSlotAt: new Date(NEXT_DAY) }).rows).toEqual([queued(SLOT, 1_000)]);
  });
});

describe("a spread of some minutes", () => {
  const spread = { ...due, spreadOffsetMs: 5 * 60_000 };

  it("keeps the slot until its moment", () => {
    expect(plan({ ...spread, now: `${DAY}T10:04:59.999Z` })).toEqual({ rows: [], nextRunAt: SLOT, newLowerBound: due.lowerBound.replace("Z", ".000Z") });
  });

  it("runs it then, on time, with the lateness counted from the slot", () => {
    expect(plan({ ...spread, now: `${DAY}T10:05:00Z`, missedPolicy: "skip" }).rows).toEqual([{ ...queued(SLOT, 300_000), onTime: true }]);
  });

  it("does not shorten the grace period", () => {
    expect(plan({ ...spread, now: `${DAY}T11:05:00Z` }).rows).toEqual([queued(SLOT, 3_900_000)]);
    expect(plan({ ...spread, now: `${DAY}T11:05:00.001Z` }).rows).toMatchObject([{ kind: "missed" }]);
  });
});
