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

interface HistoryPage {
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined;
  now: Date;
}

/** A page of the history, newest first: every version that the organization's schedule has had, also of one that was deleted since. */
export async function listVersions(
  tx: Tx,
  orgId: string,
  { limit, cursor, now }: HistoryPage,
): Promise<{ entries: ScheduleHistoryEntry[]; nextCursor: string | null }> {
  const newer = cursor ? await findVersion(tx, orgId, cursor) : null;
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
  const entries = rows.slice(0, limit).map((row, index) => toEntry({ row, older: rows[index + 1], newer: rows[index - 1] ?? newer }, nameOf, now));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

/** A version between its neighbours. */
interface Placed {
  row: ScheduleVersion;
  older: ScheduleVersion | undefined;
  newer: ScheduleVersion | null;
}

function toEntry({ row, older, newer }: Placed, nameOf: ReadonlyMap<string, string>, now: Date): ScheduleHistoryEntry {
  // An organization has one schedule at a time: the row before is of the same one, or of one that was deleted in between.
  const before = older?.scheduleId === row.scheduleId ? older : null;
  const { version, at, changedById } = row;
  return {
    id: String(row.id),
    version,
    at,
    changedByName: changedById && (nameOf.get(changedById) ?? "A former member"),
    isFirst: before === null,
    changes: changesBetween<Pick<ScheduleVersion, (typeof SHOWN)[number]>>(before && asLeft(before, at), row, SHOWN),
    pauseEndedAt: pauseEnd(row, newer, now),
    settings: row,
  };
}

/** When the version's pause ended by itself. It needs no row of its own: the end stands in the pause, and nobody has to be there for it. */
function pauseEnd({ scheduleId, pausedUntil }: ScheduleVersion, newer: ScheduleVersion | null, now: Date): Date | null {
  // Of a schedule that was deleted nobody knows whether it came to that.
  if (newer && newer.scheduleId !== scheduleId) return null;
  const lastedUntil = newer?.at ?? now;
  return pausedUntil !== null && pausedUntil <= lastedUntil ? pausedUntil : null;
}

/** The version as it was at the end of its time: whoever comes after a pause that ended by itself did not end it. */
function asLeft(version: ScheduleVersion, at: Date): ScheduleVersion {
  return version.pausedUntil !== null && version.pausedUntil <= at ? { ...version, pausedAt: null, pausedUntil: null, pauseNote: null } : version;
}

/** One entry of the organization's history; null when it has no such entry. */
export function findVersion(tx: Tx, orgId: string, id: string): Promise<ScheduleVersion | null> {
  return tx.scheduleVersion.findFirst({ where: { orgId, id: BigInt(id) } });
}
