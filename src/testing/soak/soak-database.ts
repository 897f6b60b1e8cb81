import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import pino from "pino";
import { databaseAddress } from "@/cluster/database-address";
import { createDatabase, type Database } from "@/db/client";
import { withClient } from "@/db/connect";
import { startEmbedded } from "@/db/embedded";
import { findPostmaster } from "@/db/embedded-postmaster";

const RETRY_MS = 200;

/** A PostgreSQL of the soak's own, durable as in production, that is started again when it is killed. */
export interface SoakDatabase {
  /** As a superuser. */
  connection: pg.ClientConfig;
  /** For DATABASE_URL. */
  address: string;
  /** Rows of one statement; asked again for as long as the server is away. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Lends the program's own view of it. */
  withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** Ends the server at once. */
  crash(signal: "SIGQUIT" | "SIGKILL"): void;
  /** Ends every connection but the one that does it. */
  dropConnections(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSoakDatabase(folder: string): Promise<SoakDatabase> {
  const log = pino({ level: "info" }, pino.destination({ dest: path.join(folder, "database.log"), sync: true }));
  const embedded = await startEmbedded({ dataDir: folder, relocationDir: folder, log });
  const { connection, clusterDir } = embedded;

  async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    for (;;) {
      const rows = await withClient(connection, (client) => client.query<Row>(sql, values)).then(
        (result) => result.rows,
        (error: Error) => {
          if (error instanceof pg.DatabaseError && error.code?.startsWith("42")) throw error;
          return null;
        },
      );
      if (rows) return rows;
      await sleep(RETRY_MS);
    }
  }

  return {
    connection,
    address: databaseAddress(connection),
    query,
    async withDatabase(work) {
      const db = createDatabase(connection, { poolSize: 2, log });
      return work(db).finally(() => db.close());
    },
    crash(signal) {
      const pid = findPostmaster(clusterDir)?.pid;
      if (pid) process.kill(pid, signal);
    },
    async dropConnections() {
      await query("select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
    },
    stop: () => embedded.stop(),
  };
}

/** A folder that PostgreSQL's user can enter although we are root. */
export function makeFolder(name: string): string {
  const folder = fs.mkdtempSync(name);
  fs.chmodSync(folder, 0o755);
  return folder;
}
