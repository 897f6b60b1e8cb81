import type { Tx } from "./transaction";

/** What is known of a site's robots.txt. Ages are in milliseconds, on the database's clock. */
export interface StoredRobots {
  /** As it was read last; empty where the site has none. Null: it never was. */
  text: string | null;
  textAgeMs: number | null;
  /** Why reading it failed after that; null when it did not. */
  failure: { code: string; message: string } | null;
  failureAgeMs: number | null;
}

/** Null when nobody has asked for it. `origin`: scheme, name and port. */
export async function findRobots(tx: Tx, origin: string): Promise<StoredRobots | null> {
  const [row] = await tx.$queryRaw<(Omit<StoredRobots, "failure"> & { failureCode: string | null; failureMessage: string | null })[]>`
    select text, extract(epoch from clock_timestamp() - read_at)::float8 * 1000 as "textAgeMs",
      failure_code as "failureCode", failure_message as "failureMessage", extract(epoch from clock_timestamp() - failed_at)::float8 * 1000 as "failureAgeMs"
    from robots_file where origin = ${origin}`;
  if (!row) return null;
  const { failureCode, failureMessage, ...ages } = row;
  return { ...ages, failure: failureCode === null ? null : { code: failureCode, message: failureMessage ?? "" } };
}

/** Remembers the file, in place of what was known before. */
export async function saveRobotsText(tx: Tx, origin: string, text: string): Promise<void> {
  await tx.$executeRaw`
    insert into robots_file (origin, text, read_at) values (${origin}, ${text}, clock_timestamp())
    on conflict (origin) do update set text = excluded.text, read_at = excluded.read_at, failure_code = null, failure_message = null, failed_at = null`;
}

/** Remembers that the file could not be read; an earlier one stays known. */
export async function saveRobotsFailure(tx: Tx, origin: string, { code, message }: { code: string; message: string }): Promise<void> {
  await tx.$executeRaw`
    insert into robots_file (origin, failure_code, failure_message, failed_at) values (${origin}, ${code}, ${message}, clock_timestamp())
    on conflict (origin) do update set failure_code = excluded.failure_code, failure_message = excluded.failure_message, failed_at = excluded.failed_at`;
}
