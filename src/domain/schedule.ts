import { z } from "zod";
import { parseCron } from "./cron-expression";
import { resolveTimeZone } from "./time-zone";

/** Up to this much lateness counts as on time (1 minute). */
export const ON_TIME_MS = 60_000;

export const MISSED_POLICIES = ["run_once", "skip"] as const;
export type MissedPolicy = (typeof MISSED_POLICIES)[number];

/** A cron expression as typed, checked by the firing engine's own parser; the text passes unchanged. */
export const cronExpressionSchema = z
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
    const resolved = resolveTimeZone(id);
    if (!resolved.ok) context.addIssue({ code: "custom", message: resolved.message });
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
});
export type ScheduleUpdate = z.infer<typeof scheduleUpdateSchema>;

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
  /** The next slot; null while off, or when `problem` says why it can't be computed. */
  nextRunAt: z.date().nullable(),
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
  /** First day of the preview; now, if left out. */
  after: z.date().optional(),
  count: z.int().min(1).max(50).default(10),
});

export const previewRowSchema = z.object({
  at: z.date(),
  /** For instance "Clocks go forward: 02:30 does not exist, runs at 03:00." */
  note: z.string().nullable(),
});

/** `ok: false` names the failing field; nothing is thrown for what a person is still typing. */
export const schedulePreviewSchema = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    description: z.string(),
    rows: z.array(previewRowSchema),
    notes: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
  z.object({ ok: z.literal(false), input: z.enum(["cronExpression", "timeZone"]), cronField: z.string().nullable(), message: z.string() }),
]);
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>;
