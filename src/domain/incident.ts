import { z } from "zod";

/** How far back incidents are told of, in days. */
export const INCIDENT_DAYS = 7;

/** Something that went wrong with the installation, and when it was noticed. Told over all organizations, without naming any. */
export const incidentSchema = z.discriminatedUnion("kind", [
  /** No scheduler was there when slots were due, or it was too late for them. */
  z.object({ kind: z.literal("missed"), at: z.date(), fromAt: z.date(), untilAt: z.date(), slots: z.int(), schedules: z.int() }),
  /** Workers died while they held these runs, which others then took up. */
  z.object({ kind: z.literal("interrupted"), at: z.date(), runs: z.int() }),
  /** Runs that were given up, because too many workers died while they held them. */
  z.object({ kind: z.literal("abandoned"), at: z.date(), runs: z.int() }),
  /** A process went without a word. Known for an hour. */
  z.object({ kind: z.literal("gone"), at: z.date(), process: z.string(), roles: z.array(z.string()) }),
  /** A process that is alive now began. */
  z.object({ kind: z.literal("started"), at: z.date(), process: z.string(), roles: z.array(z.string()) }),
]);
export type Incident = z.infer<typeof incidentSchema>;
