import type { OpenAlert } from "@/domain/alert";
import type { Tx } from "./transaction";

/** An alert of a rule that is open: about a source, or with an empty subject about the runs of the organization. */
export interface StoredAlert extends OpenAlert {
  subject: string;
  since: Date;
}

/** The rule's open alerts, by their subject. */
export async function findAlerts(tx: Tx, orgId: string, ruleId: string): Promise<Map<string, StoredAlert>> {
  const rows = await tx.notificationAlert.findMany({ where: { orgId, ruleId } });
  return new Map(rows.map((row) => [row.subject, row]));
}

/** What is open about a subject from now on; null when nothing is. */
export interface AlertChange {
  subject: string;
  open: OpenAlert | null;
}

/** Stores what a rule has said fails and has not yet said works again, of hundreds of sources at once. `since` stays what it was. */
export async function keepAlerts(tx: Tx, { orgId, ruleId }: { orgId: string; ruleId: string }, changes: readonly AlertChange[]): Promise<void> {
  const closed = changes.filter(({ open }) => open === null).map(({ subject }) => subject);
  if (closed.length > 0) await tx.notificationAlert.deleteMany({ where: { orgId, ruleId, subject: { in: closed } } });
  const kept = changes.flatMap(({ subject, open }) => (open === null ? [] : [{ subject, goodInRow: open.goodInRow }]));
  if (kept.length === 0) return;
  await tx.$executeRaw`
    insert into notification_alert (org_id, rule_id, subject, good_in_row)
    select ${orgId}::uuid, ${ruleId}::uuid, k.subject, k."goodInRow" from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k(subject text, "goodInRow" int)
    on conflict (org_id, rule_id, subject) do update set good_in_row = excluded.good_in_row`;
}

/** Waits until nobody else says what rules have to say, or forgets it: what they say depends on what they said before. */
export async function lockAlerts(tx: Tx, orgId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.notices'), hashtext(${orgId}))`;
}

/** Forgets what rules said of sources that were deleted before in this transaction: nothing will show that they work again. */
export async function forgetAlerts(tx: Tx, orgId: string, sourceIds: readonly string[]): Promise<void> {
  await lockAlerts(tx, orgId);
  await tx.notificationAlert.deleteMany({ where: { orgId, subject: { in: [...sourceIds] } } });
}
