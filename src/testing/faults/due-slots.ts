import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { notifySchedules } from "@/db/notify";
import { dueAtOf, spreadOffsetMs } from "@/domain/spread";
import { createSchedule, type TestOrganization } from "@/testing/factories";
import type { ScheduleSegment } from "./expectations";

const MINUTE_MS = 60_000;

/**
 * Gives the organization's schedule, made if need be, one slot that came so many minutes ago (1 to 50) and that nobody has looked at;
 * the next one is far away. Tells the schedulers.
 */
export async function makeSlotDue(db: Database, organization: TestOrganization, minutesAgo: number): Promise<ScheduleSegment> {
  const now = (await db.now()).getTime();
  const slotAt = new Date(Math.floor(now / MINUTE_MS) * MINUTE_MS - minutesAgo * MINUTE_MS);
  const after = new Date(slotAt.getTime() - 1);
  const slot = { cronExpression: `${slotAt.getUTCMinutes()} * * * *`, timeZone: "UTC", lowerBoundAt: after, nextRunAt: slotAt };
  const known = await db.system.schedule.findUnique({ where: { orgId: organization.orgId }, select: { id: true } });
  if (known) await db.system.schedule.update({ where: { id: known.id }, data: { ...slot, dueAt: slotAt } });
  const scheduleId = known?.id ?? (await createSchedule(db, organization, slot));
  await db.withSystem(notifySchedules);
  return { scheduleId, cronExpression: slot.cronExpression, timeZone: "UTC", after, until: slotAt };
}

/** A slot that comes in seconds although slots are whole minutes: its organization's share of the spread is what it has to be. */
export interface NearSlot {
  /** For the organization that is to have it. */
  orgId: string;
  slotAt: Date;
  dueAt: Date;
}

/** @param now By the database's clock. */
export function planNearSlot(now: Date, inMs: number): NearSlot {
  const dueAt = new Date(Math.ceil((now.getTime() + inMs) / 1000) * 1000);
  const slotAt = new Date(Math.floor(dueAt.getTime() / MINUTE_MS) * MINUTE_MS);
  for (;;) {
    const orgId = randomUUID();
    if (dueAtOf(slotAt, orgId, MINUTE_MS)?.getTime() === dueAt.getTime()) return { orgId, slotAt, dueAt };
  }
}

/** Makes the schedule that has the slot, and the next an hour later. Tells the schedulers. */
export async function makeNearSlot(db: Database, organization: TestOrganization, { slotAt }: NearSlot): Promise<ScheduleSegment> {
  const after = new Date(slotAt.getTime() - 1);
  const schedule = { cronExpression: `${slotAt.getUTCMinutes()} * * * *`, timeZone: "UTC" };
  const scheduleId = await createSchedule(db, organization, { ...schedule, lowerBoundAt: after, nextRunAt: slotAt, spreadMs: MINUTE_MS });
  await db.withSystem(notifySchedules);
  return { scheduleId, ...schedule, after };
}

/** How much later than its moment, the spread taken off, the first slot of the organization was dispatched; null while it is not. */
export async function dispatchDelayMs(db: Database, orgId: string): Promise<number | null> {
  const row = await db.system.run.findFirst({ where: { orgId, slotAt: { not: null } }, orderBy: { number: "asc" }, select: { latenessMs: true } });
  return row ? (row.latenessMs ?? 0) - spreadOffsetMs(orgId, MINUTE_MS) : null;
}
