import { z } from "zod";
import { parseCron } from "./cron-expression";
import { failureStreakSchema } from "./failure-streak";
import { MISSED_POLICIES } from "./schedule-choices";
import { resolveTimeZone } from "./time-zone";
import { refuseTimeZone } from "./time-zone-refusal";

/** Up to this much lateness counts as on time (1 minute). */
export const ON_TIME_MS = 60_000;

export type MissedPolicy = (typeof MISSED_POLICIES)[number];

const MAX_SPREAD_MS = 3_600_000;

/** Each slot is dispatched up to this much after its time, at the organization's own share of it. In milliseconds. */
const spreadSchema = z.int().min(0, "At least 0.").max(MAX_SPREAD_MS, "At most 1 hour.");

/** A cron expression as typed, checked by the firing engine's own parser; the text passes unchanged. */
const cronExpressionSchema = z
  .string()
  .max(200, "Keep the expression under 200 characters.")
  .superRefine((text, context) => {
    const parsed = parseCron(text);
    if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.message, params: { cronField: parsed.field } });
  });

/** An IANA time zone, stored as picked. */
export const timeZoneSchema = z
  .string()
  .max(64, "Pick a time zone from the list.")
  .superRefine((id, context) => {
    if (!resolveTimeZone(id).ok) context.addIssue({ code: "custom", message: refuseTimeZone(id) });
  });

/**
 * A partial update: only the fields that are sent change. `version` is the one that the person saw, 0 where there was
 * no schedule yet; without it the update is made whatever is stored.
 */
export const scheduleUpdateSchema = z.object({
  version: z.int().nonnegative().optional(),
  cronExpression: cronExpressionSchema.optional(),
  timeZone: timeZoneSchema.optional(),
  presetId: z.uuid("Pick a preset from the list.").nullable().optional(),
  enabled: z.boolean().optional(),
  missedPolicy: z.enum(MISSED_POLICIES).optional(),
  runLimitMs: z.int().min(60_000, "At least 1 minute.").max(86_400_000, "At most 24 hours.").nullable().optional(),
  spreadMs: spreadSchema.optional(),
});
export type ScheduleUpdate = z.infer<typeof scheduleUpdateSchema>;

/** What is done to the schedule as the person saw it. */
export const scheduleVersionSchema = z.object({ version: z.int().positive() });

/** Leaves out one slot: the next one, named so that a person who looks at an old page never leaves out another. */
export const skipNextSchema = z.object({ version: z.int().positive(), slotAt: z.date() });

/** An organization's schedule. All instants are UTC. */
export const scheduleSchema = z.object({
  id: z.uuid(),
  version: z.int(),
  cronExpression: z.string(),
  timeZone: z.string(),
  presetId: z.uuid().nullable(),
  enabled: z.boolean(),
  missedPolicy: z.enum(MISSED_POLICIES),
  graceMs: z.int(),
  runLimitMs: z.int().nullable(),
  spreadMs: z.int(),
  /** The next slot; null while off, while paused without an end, or when `problem` says why it can't be computed. */
  nextRunAt: z.date().nullable(),
  /** When that slot is dispatched: later than the slot by the organization's share of the spread. */
  dueAt: z.date().nullable(),
  /** Set by a pause, which is over when `pausedUntil` has passed. */
  pausedAt: z.date().nullable(),
  /** Null while paused: until a person resumes it. */
  pausedUntil: z.date().nullable(),
  pauseNote: z.string().nullable(),
  /** Null while paused: Milkrun paused it. */
  pausedByName: z.string().nullable(),
  /** The slot that a person asked to leave out. */
  skipSlotAt: z.date().nullable(),
  /** The slot after that one. */
  slotAfterSkipAt: z.date().nullable(),
  /** Null while off, and while the last scheduled run did not fail. */
  failureStreak: failureStreakSchema.nullable(),
  problem: z.string().nullable(),
  lowerBoundAt: z.date(),
  updatedAt: z.date(),
  updatedByName: z.string().nullable(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** What the page asks to see before it saves. */
export const schedulePreviewInputSchema = z.object({
  cronExpression: z.string().max(200),
  timeZone: z.string().max(64),
  /** Where the preview begins, this instant included; now, if left out. From 2000 to 5 years ahead. */
  from: z.date().optional(),
  count: z.int().min(1).max(50).default(10),
  spreadMs: spreadSchema.default(0),
});

const previewRowSchema = z.object({
  at: z.date(),
  /** Later than `at` by the organization's share of the spread. */
  startsAt: z.date(),
  /** For instance "Clocks go forward: 02:30 does not exist, runs at 03:00." */
  note: z.string().nullable(),
});

/** A clock change that changes when or how often the schedule runs. */
const previewClockChangeSchema = z.object({
  at: z.date(),
  /** How far the clock jumps, in milliseconds; positive forward. */
  shiftMs: z.int(),
  /** "14 March 2027, clocks go forward 1 h" */
  heading: z.string(),
  /** To follow the heading and a colon: "the 02:30 run starts at 03:00." */
  effect: z.string(),
});

/** `ok: false` names the failing field; nothing is thrown for what a person is still typing. */
export const schedulePreviewSchema = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    description: z.string(),
    rows: z.array(previewRowSchema),
    /** Slots in an average month, clock changes left out. */
    runsPerMonth: z.number(),
    /** Those of the 400 days from where the preview begins. */
    clockChanges: z.array(previewClockChangeSchema),
    /** The expression with other times in place of those that a clock change shifts, and these times ("03:30"); null where there are none. */
    steadyTimes: z.object({ cronExpression: z.string(), times: z.array(z.string()) }).nullable(),
    notes: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
  z.object({ ok: z.literal(false), input: z.enum(["cronExpression", "timeZone"]), cronField: z.string().nullable(), message: z.string() }),
]);
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>;
