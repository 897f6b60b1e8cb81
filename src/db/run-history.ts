import { HISTORY_WEEKS } from "@/domain/history-extent";
import type { RunHistory } from "@/domain/run-history";
import { resolveTimeZone } from "@/domain/time-zone";
import { dayInZone, formatIsoDay, mondayOf } from "@/domain/zone-days";
import { listRecentSlots } from "./recent-slots";
import { readRunDays } from "./run-days";
import type { Tx } from "./transaction";

/** The organization's last 26 weeks by days of the schedule's zone, and its last 60 slots; `now` is the database's time. */
export async function readRunHistory(tx: Tx, orgId: string, now: Date): Promise<RunHistory> {
  const timeZone = await findZone(tx, orgId);
  const today = dayInZone(now, timeZone);
  const firstDay = mondayOf(today) - (HISTORY_WEEKS - 1) * 7;
  const days = await readRunDays(tx, orgId, { timeZone, firstDay, today });
  return { timeZone, from: formatIsoDay(firstDay), to: formatIsoDay(today), days, slots: await listRecentSlots(tx, orgId) };
}

/** A zone can vanish with an update of the time zone data; the history must not go with it. */
async function findZone(tx: Tx, orgId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ timeZone: string }[]>`
    select coalesce(s.time_zone, o.time_zone) as "timeZone" from organization o left join schedule s on s.org_id = o.id where o.id = ${orgId}::uuid`;
  return row && resolveTimeZone(row.timeZone).ok ? row.timeZone : "UTC";
}
