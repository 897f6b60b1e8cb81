import { Prisma } from "@/generated/prisma/client";

/** Among so many runs of any kind before one those of the same preset are looked for: a preset that is rarely run must not cost the whole ledger. */
const LOOK_BACK = 200;

/** SQL for what a run is compared by. */
interface Compared {
  number: Prisma.Sql;
  presetId: Prisma.Sql;
}

/** The condition that a run `r` may be compared with: one of the same preset before it that collected all or most of it. Retries collect some sources only. */
export function isEarlierRun(orgId: string, { number, presetId }: Compared): Prisma.Sql {
  return Prisma.sql`r.org_id = ${orgId}::uuid and r.number < ${number} and r.number >= ${number} - ${LOOK_BACK}::int
    and r.preset_id = ${presetId} and r.status in ('succeeded', 'partial') and r.retry_of_run_id is null`;
}
