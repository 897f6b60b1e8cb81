/** A preview whose answer is known, checked by hand. */
export interface GoldenPreview {
  what: string;
  cronExpression: string;
  timeZone: string;
  /** Where the preview begins: this day on the zone's clock. */
  day: string;
  /** The first rows: the instant, and what the zone's clock shows. */
  rows: readonly { at: string; clock: string; note?: string }[];
  /** Rows on that day, where their number is the point. */
  runsThatDay?: number;
  /** The first sentences of the clock changes, where they are the point. */
  changes?: readonly string[];
  /** What is noted at the expression. */
  expressionNote?: string;
}

const NEW_YORK = "America/New_York";
const FORWARD = "14 March 2027, clocks go forward 1 h";
const BACK = "7 November 2027, clocks go back 1 h";

/** What the preview must show around clock changes, in the pure function and on the page alike. */
export const GOLDEN_PREVIEWS: readonly GoldenPreview[] = [
  {
    what: "a time that the clock skips runs after the gap",
    ...{ cronExpression: "30 2 * * *", timeZone: NEW_YORK, day: "2027-03-14" },
    rows: [
      { at: "2027-03-14T07:00:00.000Z", clock: "03:00 EDT", note: "Clocks go forward: 02:30 does not exist, runs at 03:00." },
      { at: "2027-03-15T06:30:00.000Z", clock: "02:30 EDT" },
    ],
    changes: [`${FORWARD}: the 02:30 run starts at 03:00.`],
  },
  {
    what: "a time that comes twice runs the first time only",
    ...{ cronExpression: "30 1 * * *", timeZone: NEW_YORK, day: "2027-11-07" },
    rows: [
      { at: "2027-11-07T05:30:00.000Z", clock: "01:30 EDT", note: "Clocks go back: 01:30 comes twice, runs the first time only." },
      { at: "2027-11-08T06:30:00.000Z", clock: "01:30 EST" },
    ],
    runsThatDay: 1,
    changes: [`${BACK}: runs once, at the first 01:30.`],
  },
  {
    what: "the other times of the day stay where they are",
    ...{ cronExpression: "0 2,14 * * *", timeZone: NEW_YORK, day: "2027-03-14" },
    rows: [
      { at: "2027-03-14T07:00:00.000Z", clock: "03:00 EDT", note: "Clocks go forward: 02:00 does not exist, runs at 03:00." },
      { at: "2027-03-14T18:00:00.000Z", clock: "14:00 EDT" },
      { at: "2027-03-15T06:00:00.000Z", clock: "02:00 EDT" },
    ],
    runsThatDay: 2,
  },
  {
    what: "an interval goes on without a break when clocks go forward",
    ...{ cronExpression: "*/30 * * * *", timeZone: NEW_YORK, day: "2027-03-14" },
    rows: [
      { at: "2027-03-14T05:00:00.000Z", clock: "00:00 EST" },
      { at: "2027-03-14T05:30:00.000Z", clock: "00:30 EST" },
      { at: "2027-03-14T06:00:00.000Z", clock: "01:00 EST" },
      { at: "2027-03-14T06:30:00.000Z", clock: "01:30 EST" },
      { at: "2027-03-14T07:00:00.000Z", clock: "03:00 EDT" },
    ],
    runsThatDay: 46,
    changes: [`${FORWARD}: 46 runs instead of 48.`, `${BACK}: 50 runs instead of 48.`],
  },
  {
    what: "an interval goes on through both passes when clocks go back",
    ...{ cronExpression: "*/30 * * * *", timeZone: NEW_YORK, day: "2027-11-07" },
    rows: [
      { at: "2027-11-07T04:00:00.000Z", clock: "00:00 EDT" },
      { at: "2027-11-07T04:30:00.000Z", clock: "00:30 EDT" },
      { at: "2027-11-07T05:00:00.000Z", clock: "01:00 EDT", note: "Clocks go back: 01:00 comes twice, runs both times." },
      { at: "2027-11-07T05:30:00.000Z", clock: "01:30 EDT", note: "Clocks go back: 01:30 comes twice, runs both times." },
      { at: "2027-11-07T06:00:00.000Z", clock: "01:00 EST", note: "Clocks go back: 01:00 for the second time." },
    ],
    runsThatDay: 50,
    changes: [`${BACK}: 50 runs instead of 48.`],
  },
  {
    what: "a midnight that does not exist runs an hour later",
    ...{ cronExpression: "0 0 * * *", timeZone: "America/Santiago", day: "2027-09-05" },
    rows: [
      { at: "2027-09-05T04:00:00.000Z", clock: "01:00", note: "Clocks go forward: 00:00 does not exist, runs at 01:00." },
      { at: "2027-09-06T03:00:00.000Z", clock: "00:00" },
    ],
    changes: ["5 September 2027, clocks go forward 1 h: the 00:00 run starts at 01:00."],
  },
  {
    what: "the first time after a gap is a time like any other",
    ...{ cronExpression: "0 2 * * *", timeZone: "Europe/Dublin", day: "2027-03-28" },
    rows: [{ at: "2027-03-28T01:00:00.000Z", clock: "02:00" }],
    changes: [],
  },
  {
    what: "half an hour is skipped in October",
    ...{ cronExpression: "15 2 * * *", timeZone: "Australia/Lord_Howe", day: "2027-10-03" },
    rows: [{ at: "2027-10-02T15:30:00.000Z", clock: "02:30", note: "Clocks go forward: 02:15 does not exist, runs at 02:30." }],
    changes: ["3 October 2027, clocks go forward 30 minutes: the 02:15 run starts at 02:30."],
  },
  {
    what: "half an hour comes twice in April",
    ...{ cronExpression: "45 1 * * *", timeZone: "Australia/Lord_Howe", day: "2027-04-04" },
    rows: [{ at: "2027-04-03T14:45:00.000Z", clock: "01:45", note: "Clocks go back: 01:45 comes twice, runs the first time only." }],
    changes: ["4 April 2027, clocks go back 30 minutes: runs once, at the first 01:45."],
  },
  {
    // A past year: later ones differ between versions of the time zone data.
    what: "clocks go back for Ramadan and forward after it",
    ...{ cronExpression: "30 2 * * *", timeZone: "Africa/Casablanca", day: "2025-02-23" },
    rows: [{ at: "2025-02-23T01:30:00.000Z", clock: "02:30", note: "Clocks go back: 02:30 comes twice, runs the first time only." }],
    changes: ["23 February 2025, clocks go back 1 h: runs once, at the first 02:30.", "6 April 2025, clocks go forward 1 h: the 02:30 run starts at 03:00."],
  },
  {
    what: "a day of the month and a weekday are joined by or",
    ...{ cronExpression: "0 9 13 * 5", timeZone: "UTC", day: "2026-11-23" },
    rows: ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-13", "2026-12-18"].map((date) => ({ at: `${date}T09:00:00.000Z`, clock: "09:00 UTC" })),
    changes: [],
    expressionNote: 'Note: runs on day 13 and also on every Friday. Cron joins these with "or".',
  },
];
