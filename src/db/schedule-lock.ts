import { AppError } from "@/domain/errors";
import type { Schedule as ScheduleRow } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/**
 * The organization's schedule, locked until the transaction ends: a change and a dispatch of the same schedule never interleave.
 * Lock it before the organization or not after it at all: a dispatch, which skips locked schedules, waits for organizations.
 */
export async function lockSchedule(tx: Tx, orgId: string): Promise<ScheduleRow | null> {
  await tx.$queryRaw`select id from schedule where org_id = ${orgId}::uuid for update`;
  return tx.schedule.findUnique({ where: { orgId } });
}

/** @throws AppError `version_conflict` when the person saw another version than the stored one. */
export function refuseStale(stored: ScheduleRow | null, version: number | undefined): void {
  const current = stored?.version ?? 0;
  if (version === undefined || version === current) return;
  throw new AppError("version_conflict", "The schedule has changed since you opened it. Your change is not saved. Compare, then save again.", {
    currentVersion: current,
  });
}

/**
 * As `lockSchedule`, for what is done to a schedule that a person saw.
 * @throws AppError `not_found` when there is none, `version_conflict` when it was changed meanwhile.
 */
export async function getLockedSchedule(tx: Tx, orgId: string, version: number): Promise<ScheduleRow> {
  const stored = await lockSchedule(tx, orgId);
  if (!stored) throw new AppError("not_found", "There is no schedule, so nothing was changed. Set one up first.");
  refuseStale(stored, version);
  return stored;
}
