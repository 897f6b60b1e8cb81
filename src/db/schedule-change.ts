import type { SlotPosition } from "@/domain/pause";
import type { Schedule } from "@/domain/schedule";
import { dueAtOf } from "@/domain/spread";
import type { Prisma, Schedule as ScheduleRow } from "@/generated/prisma/client";
import { notifySchedules } from "./notify";
import { keepVersion } from "./schedule-versions";
import { toSchedule } from "./schedule-view";
import type { Tx } from "./transaction";

/** Who changes a schedule, and when by the database's clock. */
export interface ChangedBy {
  /** A person's or an API key's id. Null: Milkrun itself. */
  actorId: string | null;
  now: Date;
}

/** What was changed: the schedule after it and the row before it. They have the same version when there was nothing to change. */
export interface ScheduleChange {
  schedule: Schedule;
  before: ScheduleRow;
}

/** What stands in a schedule that is not paused. */
export const NO_PAUSE = { pausedAt: null, pausedUntil: null, pauseNote: null, pausedById: null };

/** The columns of a position, with the moment that the spread gives its slot. */
export function slotColumns({ lowerBoundAt, nextRunAt }: SlotPosition, { orgId, spreadMs }: Pick<ScheduleRow, "orgId" | "spreadMs">) {
  return { lowerBoundAt, nextRunAt, dueAt: dueAtOf(nextRunAt, orgId, spreadMs) };
}

/** Writes a change of a locked schedule as its next version, keeps that for its history, and tells every scheduler. */
export async function changeSchedule(tx: Tx, before: ScheduleRow, data: Prisma.ScheduleUncheckedUpdateInput, by: ChangedBy): Promise<ScheduleChange> {
  const { orgId } = before;
  const row = await tx.schedule.update({ where: { orgId }, data: { ...data, updatedById: by.actorId, version: { increment: 1 } } });
  await keepVersion(tx, row.id, by);
  await notifySchedules(tx);
  return { schedule: await toSchedule(tx, row), before };
}
