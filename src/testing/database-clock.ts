import { withClient } from "@/db/connect";
import type { TestDatabase } from "./database";

/** The clock of a test's database, which stands still until the test moves it. */
export interface DatabaseClock {
  set(at: Date): Promise<void>;
}

/**
 * Puts the database's clock into the test's hands, for connections that are opened from now on: functions of its own with the names of
 * PostgreSQL's stand before them on the search path. What asks `now()` still gets the real time.
 */
export async function takeOverClock({ connection, ownerConnection }: TestDatabase, at: Date): Promise<DatabaseClock> {
  const set = (next: Date) => withClient(ownerConnection, async (client) => void (await client.query("update test_clock.present set at = $1", [next])));
  await withClient(ownerConnection, async (client) => {
    await client.query(`
      create schema test_clock;
      create table test_clock.present as select pg_catalog.clock_timestamp() as at;
      create function test_clock.clock_timestamp() returns timestamptz language sql volatile as 'select at from test_clock.present';
      create function test_clock.statement_timestamp() returns timestamptz language sql stable as 'select at from test_clock.present';
      grant usage on schema test_clock to ${connection.user};
      grant select on test_clock.present to ${connection.user};
      alter database ${connection.database} set search_path = test_clock, public, pg_catalog`);
  });
  await set(at);
  return { set };
}
