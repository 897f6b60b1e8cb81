import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";

/** Makes or upgrades the tables of the job queue, as the database's owner; nothing happens when they are up to date. */
export async function migrateQueue(owner: pg.ClientConfig): Promise<void> {
  const pool = new pg.Pool({ ...owner, max: 1 });
  const ignore = () => {};
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => ignore) });
  } finally {
    await pool.end();
  }
}
