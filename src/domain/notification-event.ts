import { z } from "zod";
import { changesSchema } from "./audit";
import type { RuleEvent } from "./notification-rule";

/** Something that happened and that rules may be about, with what is not read from the database later. */
export const happeningSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("run_ended"), runId: z.uuid() }),
  z.object({ kind: z.literal("slot_missed"), runId: z.uuid() }),
  z.object({ kind: z.literal("auto_paused"), note: z.string() }),
  /** As the audit says it. */
  z.object({ kind: z.literal("schedule_changed"), action: z.string(), summary: z.string(), actorName: z.string(), changes: changesSchema.default({}) }),
  z.object({ kind: z.literal("export_ready"), exportId: z.string(), fileName: z.string(), itemCount: z.int(), expiresAt: z.coerce.date().optional() }),
  /** Told while it lasts by a worker that is a process of its own. */
  z.object({ kind: z.literal("scheduler_silent"), from: z.coerce.date() }),
  /** Told by the first scheduler that is there again. */
  z.object({ kind: z.literal("scheduler_down"), from: z.coerce.date(), until: z.coerce.date() }),
]);
export type Happening = z.infer<typeof happeningSchema>;

/** Rules about these events are held against it. */
export const RULES_ABOUT: Record<Happening["kind"], readonly RuleEvent[]> = {
  run_ended: ["run_failed", "run_partial", "failures_in_row", "zero_items", "source_failing", "new_items"],
  slot_missed: ["slot_missed"],
  auto_paused: ["auto_paused"],
  schedule_changed: ["schedule_changed"],
  export_ready: ["export_ready"],
  scheduler_silent: ["scheduler_down"],
  scheduler_down: ["scheduler_down"],
};
