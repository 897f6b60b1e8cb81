import type { Tx } from "./transaction";

/** What a next slot is computed from, and the one that is stored; the same for any number of schedules. */
export interface StoredSlot {
  cronExpression: string;
  timeZone: string;
  lowerBoundAt: Date;
  nextRunAt: Date | null;
}

/** The different stored slots of the enabled schedules that come next in the order of their ids. */
export interface SlotPage {
  slots: StoredSlot[];
  /** The page is (`afterId`, `lastId`]; null: there are no more schedules. */
  afterId: string | null;
  lastId: string | null;
}

/** A schedule whose stored slot is the nth of those that were asked for. */
export interface SlotHolder {
  id: string;
  orgId: string;
  spreadMs: number;
  nth: number;
}

/** Comes before every id. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

type SlotJson = [cronExpression: string, timeZone: string, lowerBoundAt: string, nextRunAt: string | null];

/** Goes through `size` schedules that are enabled and not paused for ever. Of a hundred thousand, most share their slot with others. */
export async function listStoredSlots(tx: Tx, afterId: string | null, size: number): Promise<SlotPage> {
  // As one text: read cell by cell, the pages would cost several times as much.
  const [page] = await tx.$queryRaw<[{ slots: string | null; lastId: string | null }]>`
    with page as materialized (
      select id, cron_expression, time_zone, lower_bound_at, next_run_at from schedule
      where enabled and (paused_at is null or paused_until is not null) and id > ${afterId ?? NO_ID}::uuid
      order by id limit ${size}
    ), slots as (select distinct cron_expression, time_zone, lower_bound_at, next_run_at from page)
    select json_agg(json_build_array(cron_expression, time_zone, lower_bound_at, next_run_at))::text as slots,
      (select id from page order by id desc limit 1) as "lastId"
    from slots`;
  return { slots: page.slots === null ? [] : (JSON.parse(page.slots) as SlotJson[]).map(toStoredSlot), afterId, lastId: page.lastId };
}

function toStoredSlot([cronExpression, timeZone, lowerBoundAt, nextRunAt]: SlotJson): StoredSlot {
  return { cronExpression, timeZone, lowerBoundAt: new Date(lowerBoundAt), nextRunAt: nextRunAt === null ? null : new Date(nextRunAt) };
}

/** The schedules of the page that hold one of these slots. */
export async function listSlotHolders(tx: Tx, { afterId, lastId }: SlotPage, slots: readonly StoredSlot[]): Promise<SlotHolder[]> {
  if (slots.length === 0) return [];
  const asked = JSON.stringify(slots.map((slot, nth) => ({ nth, ...slot })));
  return tx.$queryRaw`
    select s.id, s.org_id as "orgId", s.spread_ms as "spreadMs", a.nth
    from jsonb_to_recordset(${asked}::jsonb) as a(nth int, "cronExpression" text, "timeZone" text, "lowerBoundAt" timestamptz(3), "nextRunAt" timestamptz(3))
    join schedule s on s.cron_expression = a."cronExpression" and s.time_zone = a."timeZone" and s.lower_bound_at = a."lowerBoundAt"
      and s.next_run_at is not distinct from a."nextRunAt"
    where s.enabled and s.id > ${afterId ?? NO_ID}::uuid and s.id <= ${lastId}::uuid`;
}
