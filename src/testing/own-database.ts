import { afterAll, beforeAll } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "./database";
import { silentLog } from "./silent-log";

/** As many as any test has at work at once; a connection is opened when it is needed. */
const POOL_SIZE = 8;

/** The database of a test file, opened, and where it is. */
export interface OwnDatabase {
  db: Database;
  server: TestDatabase;
}

/** Makes a migrated database for the tests of the file, gives it to `prepare` before the first one and drops it after the last. */
export function ownDatabase(prepare: (own: OwnDatabase) => void | Promise<void>): void {
  let own: OwnDatabase;

  beforeAll(async () => {
    const server = await createTestDatabase();
    own = { server, db: createDatabase(server.connection, { poolSize: POOL_SIZE, log: silentLog }) };
    await prepare(own);
  });

  afterAll(async () => {
    await own.db.close();
    await own.server.drop();
  });
}
