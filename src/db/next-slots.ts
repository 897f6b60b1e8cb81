import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** As `listNextInstants`, in no promised order: each is found by one look into the index, however many schedules share it. */
export const selectInstants = (from: Date, until: Date, limit: number) => Prisma.sql`
  with recursive instants(at) as (
    (select due_at from schedule where enabled and due_at > ${from} and due_at <= ${until} order by due_at limit 1)
    union all
    select next.due_at from instants, lateral (
      select due_at from schedule where enabled and due_at > at and due_at <= ${until} order by due_at limit 1) as next
  )
  select at from instants limit ${limit}`;

/** The distinct instants after `from` and up to `until` at which some schedule is to be dispatched, in order, at most `limit`. */
export async function listNextInstants(tx: Tx, from: Date, until: Date, limit: number): Promise<Date[]> {
  const rows = await tx.$queryRaw<{ at: Date }[]>(selectInstants(from, until, limit));
  return rows.map((row) => row.at).sort((a, b) => a.getTime() - b.getTime());
}

export interface SlotCorrection {
  id: string;
  /** What was read when the correction was computed; a schedule changed since is left alone. */
  lowerBoundAt: Date;
  nextRunAt: Date | null;
  dueAt: Date | null;
  problem: string | null;
}

/** Stores recomputed slots (zone rules change) where nobody changed the schedule meanwhile. */
export async function correctSlots(tx: Tx, corrections: readonly SlotCorrection[]): Promise<number> {
  if (corrections.length === 0) return 0;
  return tx.$executeRaw`
    update schedule s set next_run_at = c."nextRunAt", due_at = c."dueAt", problem = c.problem
    from jsonb_to_recordset(${JSON.stringify(corrections)}::jsonb)
      as c(id uuid, "lowerBoundAt" timestamptz(3), "nextRunAt" timestamptz(3), "dueAt" timestamptz(3), problem text)
    where s.id = c.id and s.enabled and s.lower_bound_at = c."lowerBoundAt"`;
}

/** Takes a schedule whose slots cannot be recorded out of the dispatch, until its slots are computed anew. Returns false when it is no longer due. */
export async function setAsideDue(tx: Tx, id: string, problem: string): Promise<boolean> {
  const aside = await tx.$executeRaw`
    update schedule set next_run_at = null, due_at = null, problem = ${problem} where id = ${id}::uuid and due_at <= statement_timestamp()`;
  return aside > 0;
}
