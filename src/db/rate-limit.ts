import type { PrismaClient } from "@/generated/prisma/client";

/** How many attempts there were in a window, and how long it still lasts. */
export interface Attempts {
  count: number;
  endsInMs: number;
}

/**
 * Counts one more attempt under `key` and returns how many there were in the window that began with the first of them.
 * On the database's clock, so that all processes count together.
 */
export async function countAttempt(system: PrismaClient, key: string, windowMs: number): Promise<number> {
  return (await countInWindow(system, key, windowMs)).count;
}

/** As `countAttempt`, for whoever is to be told when to come back. */
export async function countInWindow(system: PrismaClient, key: string, windowMs: number): Promise<Attempts> {
  const [row] = await system.$queryRaw<[Attempts]>`
    with clock as (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now)
    insert into rate_limit as r (id, key, count, last_request)
    select gen_random_uuid(), ${key}, 1, now from clock
    on conflict (key) do update set
      count = case when r.last_request <= excluded.last_request - ${windowMs}::int then 1 else r.count + 1 end,
      last_request = case when r.last_request <= excluded.last_request - ${windowMs}::int then excluded.last_request else r.last_request end
    returning count, (last_request + ${windowMs}::int - (select now from clock))::int as "endsInMs"`;
  return row;
}
