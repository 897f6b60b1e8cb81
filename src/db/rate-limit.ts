import { Prisma, type PrismaClient } from "@/generated/prisma/client";

/** Attempts that are free, and how long one has to wait before each further one. Times in milliseconds. */
export interface AttemptRule {
  free: number;
  /** Before the first attempt beyond the free ones; it doubles with each. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** So long after the last attempt all are free again. Longer than the longest wait. */
  forgetAfterMs: number;
}

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

/**
 * Takes an attempt under `key` if one is to be had now, and returns 0; otherwise takes none and returns how many milliseconds to wait.
 * Checked and counted in one step: of many at once no more pass than one after the other. On the database's clock.
 */
export async function takeAttempt(system: PrismaClient, key: string, rule: AttemptRule): Promise<number> {
  const taken = await system.$queryRaw<unknown[]>`
    insert into rate_limit as r (id, key, count, last_request) values (gen_random_uuid(), ${key}, 1, ${NOW})
    on conflict (key) do update set
      count = case when r.last_request <= excluded.last_request - ${rule.forgetAfterMs}::int then 1 else r.count + 1 end,
      last_request = excluded.last_request
    where r.last_request + ${waitMs(rule)} <= excluded.last_request
    returning 1`;
  if (taken.length > 0) return 0;
  const [left] = await system.$queryRaw<{ waitMs: number }[]>`
    select (r.last_request + ${waitMs(rule)} - ${NOW})::int as "waitMs" from rate_limit r where key = ${key}`;
  return Math.max(1, left?.waitMs ?? rule.firstWaitMs);
}

const NOW = Prisma.sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** How long after the attempt that is stored the next may be made. The exponent is held down so that no number overflows. */
const waitMs = ({ free, firstWaitMs, longestWaitMs }: AttemptRule) => Prisma.sql`(
  case when r.count < ${free}::int then 0
  else least(${longestWaitMs}::int, ${firstWaitMs}::int * power(2, least(r.count - ${free}::int, 30))) end)::bigint`;

/** Gives one attempt back, as when it turned out to be no guess. */
export async function returnAttempt(system: PrismaClient, key: string): Promise<void> {
  await system.$executeRaw`update rate_limit set count = count - 1 where key = ${key} and count > 0`;
}

/** Makes all attempts free again. */
export async function forgetAttempts(system: PrismaClient, key: string): Promise<void> {
  await system.$executeRaw`delete from rate_limit where key = ${key}`;
}
