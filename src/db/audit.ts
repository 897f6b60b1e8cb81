import type { Changes } from "@/domain/audit";
import type { JsonValue } from "@/domain/item";
import { announce } from "./announce";
import type { Tx } from "./transaction";

/** What was done. `summary` says it in words; `changes` holds old and new values by field. */
export interface AuditAction {
  /** Starts with one of domain/audit.ts's groups, for instance `schedule.update`. */
  action: string;
  subjectId?: string;
  summary: string;
  changes?: Changes;
}

interface AuditRecord extends AuditAction {
  orgId: string;
  /** A person's or an API key's. Null: Milkrun itself. */
  actorId: string | null;
  actorName: string;
  /** Set where an API key did it. */
  apiKeyPrefix?: string | null;
  /** The client's; left out where nobody made a request. */
  address?: string | null;
}

const LONGEST_ADDRESS = 64;

/** Adds an entry to the organization's audit in the caller's transaction: it stands exactly when the change does. */
export async function recordAudit(tx: Tx, entry: AuditRecord): Promise<void> {
  // A proxy's header can be of any length.
  const address = entry.address?.slice(0, LONGEST_ADDRESS) ?? null;
  const changes = entry.changes && Object.keys(entry.changes).length > 0 ? JSON.stringify(entry.changes) : null;
  const [{ id }] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into audit_entry (org_id, actor_id, actor_name, api_key_prefix, address, action, subject_id, summary, changes)
    values (${entry.orgId}::uuid, ${entry.actorId}::uuid, ${entry.actorName}, ${entry.apiKeyPrefix ?? null}, ${address}, ${entry.action}, ${entry.subjectId ?? null}, ${entry.summary},
      ${changes}::jsonb) returning id`;
  if (isScheduleChange(entry)) await announceScheduleChange(tx, entry, String(id));
}

/** What Milkrun itself does to a schedule is announced where it does it. */
function isScheduleChange({ action, actorId }: AuditRecord): boolean {
  return action.startsWith("schedule.") && actorId !== null;
}

/** Here, because every change of a schedule passes here: what is audited is told of in the same words. */
function announceScheduleChange(tx: Tx, { orgId, action, summary, actorName, changes = {} }: AuditRecord, subject: string): Promise<void> {
  return announce(tx, [{ orgId, subject, happening: { kind: "schedule_changed", action, summary, actorName, changes } }]);
}

/** Old and new values of the named fields that differ; from or to nothing where one side is null. Instants become ISO texts. */
export function changesBetween<T extends object>(before: T | null, after: T | null, fields: readonly (keyof T & string)[]): Changes {
  const changes: Changes = {};
  for (const field of fields) {
    const from = toJson(before?.[field]);
    const to = toJson(after?.[field]);
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[field] = { from, to };
  }
  return changes;
}

function toJson(value: unknown): JsonValue {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as JsonValue);
}
