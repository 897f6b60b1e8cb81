import type { PrismaClient } from "@/generated/prisma/client";

/**
 * Counts one more attempt under `key` and returns how many there were in the window that began with the first of them.
 * On the database's clock, so that all processes count together.
 */
export async function countAttempt(system: PrismaClient, key: string, windowMs: number): Promise<number> {
  const [row] = await system.$queryRaw<[{ count: number }]>`
    with clock as (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now)
    insert into rate_limit as r (id, key, count, last_request)
    select gen_random_uuid(), ${key}, 1, now from clock
    on conflict (key) do update set
      count = case when r.last_request <= excluded.last_request - ${windowMs}::int then 1 else r.count + 1 end,
      last_request = case when r.last_request <= excluded.last_request - ${windowMs}::int then excluded.last_request else r.last_request end
    returning count`;
  return row.count;
}
