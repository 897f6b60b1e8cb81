import type { Database } from "@/db/client";

/** True once somebody waits for a lock that somebody else holds, in a database that a test has to itself. */
export async function somebodyWaits(db: Database): Promise<boolean> {
  const [row] = await db.system.$queryRaw<[{ waits: boolean }]>`
    select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`;
  return row.waits;
}
