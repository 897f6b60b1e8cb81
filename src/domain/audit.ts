import { z } from "zod";

/** What an action is about: the part of its name before the dot, as `schedule` in `schedule.update`. */
export const AUDIT_GROUPS = [
  "schedule",
  "run",
  "source",
  "preset",
  "view",
  "export",
  "link",
  "member",
  "invitation",
  "apiKey",
  "organization",
  "account",
  "setup",
  "notification",
] as const;
export type AuditGroup = (typeof AUDIT_GROUPS)[number];

/** Old and new values by field; null where there was or is none. Instants are ISO texts. */
export const changesSchema = z.record(z.string(), z.object({ from: z.json(), to: z.json() }));
export type Changes = z.infer<typeof changesSchema>;

/** One entry of the audit: who did what, when and from where. */
const auditEntrySchema = z.object({
  id: z.string(),
  at: z.date(),
  /** The person or the API key; null: Milkrun itself. */
  actorId: z.uuid().nullable(),
  actorName: z.string(),
  /** Set when an API key did it. */
  apiKeyPrefix: z.string().nullable(),
  /** The client's; null where no request was made, or where it is not known. */
  address: z.string().nullable(),
  action: z.string(),
  subjectId: z.string().nullable(),
  summary: z.string(),
  changes: changesSchema.nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditFilterSchema = z.object({
  /** A person or an API key. */
  actorId: z.uuid().optional(),
  group: z.enum(AUDIT_GROUPS).optional(),
  subjectId: z.string().max(100).optional(),
  /** First and last day, in the organization's time zone. */
  from: z.iso.date("Enter a date.").optional(),
  to: z.iso.date("Enter a date.").optional(),
  /** Words to look for in what was done. */
  text: z.string().trim().max(200, "Search for at most 200 characters.").optional(),
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(100).nullish(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema), nextCursor: z.string().nullable() });

/** Somebody whom the audit names. */
export const auditActorSchema = z.object({ id: z.uuid(), name: z.string(), apiKeyPrefix: z.string().nullable() });
export type AuditActor = z.infer<typeof auditActorSchema>;
