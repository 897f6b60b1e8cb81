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

/** Stores what is open about the subject from now on; null when nothing is. `since` stays what it was. */
export async function keepAlert(tx: Tx, alert: { orgId: string; ruleId: string; subject: string }, open: OpenAlert | null): Promise<void> {
  if (open === null) await tx.notificationAlert.deleteMany({ where: alert });
  else await tx.notificationAlert.upsert({ where: { orgId_ruleId_subject: alert }, create: { ...alert, ...open }, update: { goodInRow: open.goodInRow } });
}

/** Forgets what rules said of sources that are deleted: nothing will show that they work again. */
export async function forgetAlerts(tx: Tx, orgId: string, sourceIds: readonly string[]): Promise<void> {
  await tx.notificationAlert.deleteMany({ where: { orgId, subject: { in: [...sourceIds] } } });
}
