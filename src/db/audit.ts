import type { JsonValue } from "@/domain/item";
import type { Tx } from "./transaction";

/** What was done. `summary` says it in words; `changes` holds old and new values by field. */
export interface AuditAction {
  /** For instance `schedule.update`. */
  action: string;
  subjectId?: string;
  summary: string;
  changes?: Changes;
}

export type Changes = Record<string, { from: JsonValue; to: JsonValue }>;

export interface AuditRecord extends AuditAction {
  orgId: string;
  /** Null: Milkrun itself. */
  actorId: string | null;
  actorName: string;
}

/** Adds an entry to the organization's audit in the caller's transaction: it stands exactly when the change does. */
export async function recordAudit(tx: Tx, entry: AuditRecord): Promise<void> {
  const changes = entry.changes && Object.keys(entry.changes).length > 0 ? JSON.stringify(entry.changes) : null;
  await tx.$executeRaw`
    insert into audit_entry (org_id, actor_id, actor_name, action, subject_id, summary, changes)
    values (${entry.orgId}::uuid, ${entry.actorId}::uuid, ${entry.actorName}, ${entry.action}, ${entry.subjectId ?? null}, ${entry.summary}, ${changes}::jsonb)`;
}

/** Old and new values of the named fields that differ. Instants become ISO texts. */
export function changesBetween<T extends object>(before: T | null, after: T, fields: readonly (keyof T & string)[]): Changes {
  const changes: Changes = {};
  for (const field of fields) {
    const from = toJson(before?.[field]);
    const to = toJson(after[field]);
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[field] = { from, to };
  }
  return changes;
}

function toJson(value: unknown): JsonValue {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as JsonValue);
}
