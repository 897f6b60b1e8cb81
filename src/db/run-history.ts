import { HISTORY_WEEKS } from "@/domain/history-extent";
import type { RunHistory } from "@/domain/run-history";
import { dayInZone, formatIsoDay, mondayOf } from "@/domain/zone-days";
import { listRecentSlots } from "./recent-slots";
import { readRunDays } from "./run-days";
import { getRunZone } from "./run-zone";
import type { Tx } from "./transaction";

/** The organization's last 26 weeks by days of the schedule's zone, and its last 60 slots; `now` is the database's time. */
export async function readRunHistory(tx: Tx, orgId: string, now: Date): Promise<RunHistory> {
  const timeZone = await getRunZone(tx, orgId);
  const today = dayInZone(now, timeZone);
  const firstDay = mondayOf(today) - (HISTORY_WEEKS - 1) * 7;
  const days = await readRunDays(tx, orgId, { timeZone, firstDay, today });
  return { timeZone, from: formatIsoDay(firstDay), to: formatIsoDay(today), days, slots: await listRecentSlots(tx, orgId) };
}
