import { type Happening, RULES_ABOUT } from "@/domain/notification-event";
import { addEventJobs } from "./queue";
import type { Tx } from "./transaction";

/** Something that happened to an organization. */
export interface Announcement {
  orgId: string;
  /** Tells it from others of its kind, so that it is announced once: an id, or an instant. */
  subject: string;
  happening: Happening;
}

/**
 * Announces what this transaction makes true: rules are held against it when the transaction commits, and never if it does not. One statement
 * for all of it, which writes nothing for organizations without a rule about it.
 */
export async function announce(tx: Tx, announcements: readonly Announcement[]): Promise<void> {
  if (announcements.length === 0) return;
  const sent = announcements.map(({ orgId, subject, happening: { kind, ...data } }) => ({ orgId, subject, kind, data, rules: RULES_ABOUT[kind] }));
  await tx.$executeRaw`
    with written as (
      insert into notification_event (org_id, kind, subject, data)
      select h."orgId", h.kind, h.subject, h.data
      from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as h("orgId" uuid, subject text, kind text, data jsonb, rules text[])
      where exists (select 1 from notification_rule r where r.org_id = h."orgId" and r.event = any(h.rules) and r.enabled)
      on conflict (org_id, kind, subject) do nothing
      returning org_id
    )
    select ${addEventJobs}`;
}
