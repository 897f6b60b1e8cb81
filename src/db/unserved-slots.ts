import type { SlotRule, SlotSpan } from "@/domain/span-slots";
import type { Tx } from "./transaction";

/** What a row of the ledger accounts for besides its run. */
export interface Spanning {
  slotAt: Date;
  spanStartAt: Date | null;
  missedCount: number;
  supersededCount: number;
  scheduleId: string;
  scheduleVersion: number;
}

/** The slots of the row that never ran: all of a missed one; of any other those that its own slot took the place of. */
export function unservedSpan({ slotAt, spanStartAt, missedCount, supersededCount }: Spanning): SlotSpan {
  const untilAt = missedCount > 0 ? new Date(slotAt.getTime() + 1) : slotAt;
  return { firstAt: spanStartAt ?? slotAt, untilAt, count: missedCount || supersededCount };
}

/** The version of a schedule that a row of the ledger names; nulls where it names none. */
interface VersionName {
  scheduleId: string | null;
  scheduleVersion: number | null;
}

/** What the schedule was in each of these versions. The answer's function gives null for one that is not known. */
export async function findSlotRules(tx: Tx, orgId: string, versions: readonly VersionName[]): Promise<(version: VersionName) => SlotRule | null> {
  if (versions.length === 0) return () => null;
  const rows = await tx.$queryRaw<(SlotRule & VersionName)[]>`
    select v.schedule_id as "scheduleId", v.version as "scheduleVersion", v.cron_expression as "cronExpression", v.time_zone as "timeZone"
    from schedule_version v
    where v.org_id = ${orgId}::uuid and (v.schedule_id, v.version) in (
      select * from unnest(${versions.map(({ scheduleId }) => scheduleId)}::uuid[], ${versions.map(({ scheduleVersion }) => scheduleVersion)}::int[]))`;
  const rules = new Map(rows.map((row) => [nameOf(row), row]));
  return (version) => rules.get(nameOf(version)) ?? null;
}

function nameOf({ scheduleId, scheduleVersion }: VersionName): string {
  return `${scheduleId} ${scheduleVersion}`;
}
