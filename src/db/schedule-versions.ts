import type { ScheduleHistoryEntry } from "@/domain/schedule-history";
import type { ScheduleVersion } from "@/generated/prisma/client";
import { findActorNames } from "./actor-names";
import { changesBetween } from "./audit";
import type { Tx } from "./transaction";

/** What a person sees of the difference between two versions; the preset goes by its name. */
const SHOWN = [
  "cronExpression",
  "timeZone",
  "presetName",
  "enabled",
  "missedPolicy",
  "runLimitMs",
  "spreadMs",
  "pausedAt",
  "pausedUntil",
  "pauseNote",
  "skipSlotAt",
] as const satisfies readonly (keyof ScheduleVersion)[];

/** Keeps what the schedule is now as one entry of its history. In the transaction that changed it. */
export async function keepVersion(tx: Tx, scheduleId: string, by: { actorId: string | null; now: Date }): Promise<void> {
  await tx.$executeRaw`
    insert into schedule_version (org_id, schedule_id, version, cron_expression, time_zone, preset_id, preset_name, enabled, missed_policy,
      run_limit_ms, spread_ms, paused_at, paused_until, pause_note, skip_slot_at, changed_by_id, at)
    select s.org_id, s.id, s.version, s.cron_expression, s.time_zone, s.preset_id, p.name, s.enabled, s.missed_policy,
      s.run_limit_ms, s.spread_ms, s.paused_at, s.paused_until, s.pause_note, s.skip_slot_at, ${by.actorId}::uuid, ${by.now}::timestamptz
    from schedule s left join preset p on p.org_id = s.org_id and p.id = s.preset_id
    where s.id = ${scheduleId}::uuid`;
}

/** A page of the history, newest first: every version that the organization's schedule has had, also of one that was deleted since. */
export async function listVersions(
  tx: Tx,
  orgId: string,
  { limit, cursor }: { limit: number; cursor?: string | null | undefined },
): Promise<{ entries: ScheduleHistoryEntry[]; nextCursor: string | null }> {
  const rows = await tx.scheduleVersion.findMany({
    where: { orgId, ...(cursor && { id: { lt: BigInt(cursor) } }) },
    orderBy: { id: "desc" },
    // One more, to compare the last with.
    take: limit + 1,
  });
  const nameOf = await findActorNames(
    tx,
    rows.map((row) => row.changedById),
  );
  const entries = rows.slice(0, limit).map((row, index) => toEntry(row, rows[index + 1], nameOf));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

function toEntry(row: ScheduleVersion, older: ScheduleVersion | undefined, nameOf: ReadonlyMap<string, string>): ScheduleHistoryEntry {
  // An organization has one schedule at a time: the row before is of the same one, or of one that was deleted in between.
  const before = older?.scheduleId === row.scheduleId ? older : null;
  const { version, at, changedById } = row;
  return {
    id: String(row.id),
    version,
    at,
    changedByName: changedById && (nameOf.get(changedById) ?? "A former member"),
    isFirst: before === null,
    changes: changesBetween<Pick<ScheduleVersion, (typeof SHOWN)[number]>>(before, row, SHOWN),
    settings: row,
  };
}

/** One entry of the organization's history; null when it has no such entry. */
export function findVersion(tx: Tx, orgId: string, id: string): Promise<ScheduleVersion | null> {
  return tx.scheduleVersion.findFirst({ where: { orgId, id: BigInt(id) } });
}
