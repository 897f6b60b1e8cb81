import type { Database } from "@/db/client";
import { notifySchedules } from "@/db/notify";
import type { ScheduleSegment } from "./expectations";

const MINUTE_MS = 60_000;
const AGO_MS = 20 * MINUTE_MS;

/** Organizations with a schedule each that only differ in their ids, made in a moment. */
export interface ManyOrganizations {
  /** Gives each schedule one slot that came 20 minutes ago, and tells the schedulers. */
  makeSlotDue(): Promise<ScheduleSegment[]>;
}

/** Makes the organizations, with schedules that have no slot yet. */
export async function makeOrganizations(db: Database, count: number): Promise<ManyOrganizations> {
  const schedules = await db.withSystem(async (tx) => {
    await tx.$executeRaw`
      insert into organization (id, name, slug)
      select id, 'Analytical Engines', id from (select gen_random_uuid() as id from generate_series(1, ${count}::int)) as ids`;
    await tx.$executeRaw`insert into preset (id, org_id, name, updated_at) select gen_random_uuid(), id, 'Everything', now() from organization`;
    return tx.$queryRaw<{ id: string }[]>`
      insert into schedule (id, org_id, preset_id, cron_expression, time_zone, enabled, updated_at)
      select gen_random_uuid(), org_id, id, '* * * * *', 'UTC', true, now() from preset returning id`;
  });
  return {
    async makeSlotDue() {
      const slotAt = new Date(Math.floor((await db.now()).getTime() / MINUTE_MS) * MINUTE_MS - AGO_MS);
      const after = new Date(slotAt.getTime() - 1);
      const cronExpression = `${slotAt.getUTCMinutes()} * * * *`;
      await db.withSystem(async (tx) => {
        await tx.$executeRaw`update schedule set cron_expression = ${cronExpression}, lower_bound_at = ${after}, next_run_at = ${slotAt}, due_at = ${slotAt}`;
        await notifySchedules(tx);
      });
      return schedules.map(({ id }) => ({ scheduleId: id, cronExpression, timeZone: "UTC", after, until: slotAt }));
    },
  };
}
