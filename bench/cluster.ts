import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import pino from "pino";
import { deriveAppLogin, ensureAppRole, grantToApp } from "@/db/app-role";
import { withClient } from "@/db/connect";
import { connectionFromUrl } from "@/db/connection-url";
import { startEmbedded } from "@/db/embedded";
import { applyMigrations, withMigrationLock } from "@/db/migrate";
import { grantQueue } from "@/db/queue-grants";
import { systemConnection } from "@/db/system-connection";
import { migrateQueue } from "@/worker/migrate-queue";

/** A database made for one measurement. */
export interface BenchDatabase {
  /** As the restricted role, which is how Milkrun works. */
  connection: pg.ClientConfig;
  /** As the owner, seeing every organization: to prepare and to check. */
  owner: pg.ClientConfig;
}

export interface Cluster {
  /** Version of the server and whether commits reach the disk. */
  description: string;
  /** Process id of the server, when it is ours. */
  pid: number | null;
  /** Lends a fresh database with Milkrun's schema, dropped afterwards. */
  withDatabase<T>(work: (database: BenchDatabase) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL of its own, durable as in production, in a temporary folder; or uses the server at `url` (an administrator's). */
export async function startCluster(url: string | null): Promise<Cluster> {
  const { admin, pid, stop } = url ? { admin: fromUrl(url), pid: null, stop: async () => {} } : await startOwn();
  const template = `milkrun_bench_${randomUUID().slice(0, 8)}`;
  const app = deriveAppLogin(template, randomUUID());
  const owner = (database: string) => systemConnection({ ...admin, database });
  await createTemplate(admin, template, app);
  return {
    description: await describeServer(admin),
    pid,
    async withDatabase(work) {
      const database = `${template}_${randomUUID().slice(0, 8)}`;
      await withClient(admin, (client) => client.query(`create database ${database} template ${template}`));
      return work({ connection: { ...admin, database, user: app.user, password: app.password }, owner: owner(database) }).finally(() => drop(admin, database));
    },
    async stop() {
      // A server of our own goes with everything in it, also while something is being measured.
      if (pid === null) await dropTemplate(admin, template, app.user);
      await stop();
    },
  };
}

/** In parts: what stands in an address wins over a database's name beside it. */
function fromUrl(url: string): pg.ClientConfig {
  const { host, port, user, password, database, ssl } = new pg.Client(connectionFromUrl(url));
  return { host, port, ssl, ...(user ? { user } : {}), ...(password ? { password } : {}), ...(database ? { database } : {}) };
}

async function startOwn() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-bench-"));
  // mkdtemp makes folders that PostgreSQL's user cannot enter when we are root.
  fs.chmodSync(dataDir, 0o755);
  const postgres = await startEmbedded({ dataDir, relocationDir: dataDir, log: pino({ level: "silent" }) });
  const stop = async () => {
    await postgres.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  return { admin: { ...postgres.connection, database: "postgres" }, pid: postgres.pid, stop };
}

async function createTemplate(admin: pg.ClientConfig, template: string, app: { user: string; password: string }): Promise<void> {
  await withClient(admin, (client) => client.query(`create database ${template}`));
  const owner = { ...admin, database: template };
  await withMigrationLock(owner, async (client) => {
    await applyMigrations(client, path.resolve("prisma/migrations"));
    await migrateQueue(owner);
    await ensureAppRole(client, app, { ...owner, ...app });
    await grantToApp(client, app.user);
    await grantQueue(client, app.user);
  });
}

async function dropTemplate(admin: pg.ClientConfig, template: string, role: string): Promise<void> {
  await drop(admin, template);
  await withClient(admin, (client) => client.query(`drop role if exists ${pg.escapeIdentifier(role)}`));
}

async function drop(admin: pg.ClientConfig, database: string): Promise<void> {
  await withClient(admin, (client) => client.query(`drop database if exists ${database} with (force)`));
}

async function describeServer(admin: pg.ClientConfig): Promise<string> {
  return withClient(admin, async (client) => {
    const { rows } = await client.query<{ version: string; fsync: string; commit: string }>(
      "select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
    );
    return `PostgreSQL ${rows[0]?.version}, fsync ${rows[0]?.fsync}, synchronous_commit ${rows[0]?.commit}`;
  });
}
