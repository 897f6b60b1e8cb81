import { RULES_ABOUT } from "@/domain/notification-event";
import { addEventJobs } from "./queue";
import type { Tx } from "./transaction";

/** Schedules, by their ids joined by commas, whose rows of the ledger say that this slot and maybe others before it were missed. */
interface MissedSlots {
  ids: string;
  slotAt: Date;
}

/** Announces the missed rows that a dispatch wrote for these schedules: one statement for thousands, which begins with those whose organization has a rule. */
export async function announceMissed(tx: Tx, missed: readonly MissedSlots[]): Promise<void> {
  if (missed.length === 0) return;
  await tx.$executeRaw`
    with written as (
      insert into notification_event (org_id, kind, subject, data)
      select r.org_id, 'slot_missed', r.id::text, jsonb_build_object('runId', r.id)
      from jsonb_to_recordset(${JSON.stringify(missed)}::jsonb) as m(ids text, "slotAt" timestamptz(3)) cross join lateral unnest(string_to_array(m.ids, ',')::uuid[]) as t(id)
        join schedule s on s.id = t.id join run r on r.org_id = s.org_id and r.schedule_id = s.id and r.slot_at = m."slotAt" and r.status = 'missed'
      where exists (select 1 from notification_rule n where n.org_id = s.org_id and n.event = any(${[...RULES_ABOUT.slot_missed]}::text[]) and n.enabled)
      on conflict (org_id, kind, subject) do nothing
      returning org_id
    )
    select ${addEventJobs}`;
}
