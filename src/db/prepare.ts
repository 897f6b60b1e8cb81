import path from "node:path";
import pg from "pg";
import type { Env } from "@/config/env";
import { readSecret } from "@/config/secret-file";
import { StartError } from "@/config/start-error";
import type { Logger } from "@/log/logger";
import { type AppLogin, deriveAppLogin, ensureAppRole, grantToApp, verifyRestricted } from "./app-role";
import { checkReachable, errorCode, withClient } from "./connect";
import { connectionFromUrl } from "./connection-url";
import { startEmbedded } from "./embedded";
import { applyMigrations, listPendingMigrations, withMigrationLock } from "./migrate";
import { grantQueue } from "./queue-grants";
import { verifyScopeArrives } from "./system-connection";

interface PrepareOptions {
  env: Pick<Env, "DATABASE_URL" | "MIGRATION_DATABASE_URL" | "MILKRUN_DATA_DIR" | "MILKRUN_POSTGRES_DIR" | "MILKRUN_SECRET">;
  log: Logger;
  /** Brings the job queue's tables up to date, as the owner. */
  migrateQueue: (owner: pg.ClientConfig) => Promise<void>;
  migrationsDir?: string;
}

export interface PreparedDatabase {
  /** As the restricted role: what everything but migrations uses. */
  connection: pg.ClientConfig;
  /** Where the embedded server keeps its files; null of a server of somebody else's. */
  clusterDir: string | null;
  /** Stops the embedded server; does nothing for a server of somebody else's. Call it last. */
  stop(): Promise<void>;
}

/**
 * From settings to a database that can be served: embedded or external, migrated, and seen through a role that cannot
 * bypass row-level security.
 * @throws StartError with one sentence on what is wrong and what to do.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const { env, log } = options;
  if (env.DATABASE_URL) return { connection: await prepareExternal(env.DATABASE_URL, options), clusterDir: null, stop: () => Promise.resolve() };
  const embedded = await startEmbedded({ dataDir: env.MILKRUN_DATA_DIR, relocationDir: env.MILKRUN_POSTGRES_DIR, log });
  try {
    const connection = await migrateAndMakeRole(embedded.connection, options, (login) => ({ ...embedded.connection, ...login }));
    return { connection, clusterDir: embedded.clusterDir, stop: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function prepareExternal(url: string, options: PrepareOptions): Promise<pg.ClientConfig> {
  const connection = connectionFromUrl(url);
  await checkReachable(connection, "DATABASE_URL");
  await verifyScopeArrives(connection);
  if (options.env.MIGRATION_DATABASE_URL) return migrateForGivenRole(connection, connectionFromUrl(options.env.MIGRATION_DATABASE_URL), options);
  if (await withClient(connection, mayMigrate)) return migrateAndMakeRole(connection, options, (login) => connectionFromUrl(url, login));
  return joinMigrated(connection, options);
}

/** DATABASE_URL names an owner or a superuser: it migrates, and the app gets a role of its own. */
async function migrateAndMakeRole(owner: pg.ClientConfig, options: PrepareOptions, asRole: (login: AppLogin) => pg.ClientConfig): Promise<pg.ClientConfig> {
  return withMigrationLock(owner, async (client) => {
    await migrate(client, owner, options);
    const { rows } = await client.query<{ name: string }>("select current_database() as name");
    const login = deriveAppLogin(rows[0]?.name ?? "", readSecret(options.env));
    const connection = asRole(login);
    await ensureAppRole(client, login, connection);
    await grant(client, login.user);
    await checkReachable(connection, `DATABASE_URL as its role ${pg.escapeIdentifier(login.user)}`);
    await withClient(connection, (app) => verifyRestricted(app, "Milkrun"));
    return connection;
  });
}

/** Two addresses: the second migrates, the first is what the app works as. */
async function migrateForGivenRole(connection: pg.ClientConfig, owner: pg.ClientConfig, options: PrepareOptions): Promise<pg.ClientConfig> {
  await checkReachable(owner, "MIGRATION_DATABASE_URL");
  return withMigrationLock(owner, async (client) => {
    const role = await withClient(connection, readUser);
    await migrate(client, owner, options);
    await grant(client, role);
    await withClient(connection, async (app) => {
      await verifyRestricted(app, "DATABASE_URL");
      if ((await listPendingMigrations(app, migrationsDir(options))).length === 0) return;
      throw new StartError("DATABASE_URL and MIGRATION_DATABASE_URL name different databases: make them the same but for user and password.");
    });
    return connection;
  });
}

/** A role that may not migrate can still serve what another process has migrated. */
async function joinMigrated(connection: pg.ClientConfig, options: PrepareOptions): Promise<pg.ClientConfig> {
  return withClient(connection, async (client) => {
    await verifyRestricted(client, "DATABASE_URL");
    const pending = await listPendingMigrations(client, migrationsDir(options)).catch((error: unknown) => {
      if (errorCode(error) === "42501") return ["all"];
      throw error;
    });
    if (pending.length === 0) return connection;
    throw new StartError(
      `The database user ${pg.escapeIdentifier(await readUser(client))} may not create tables, and the schema has to be made or upgraded: ` +
        "set DATABASE_URL to the database's owner, or set MIGRATION_DATABASE_URL to it beside this one.",
    );
  });
}

async function migrate(client: pg.Client, owner: pg.ClientConfig, options: PrepareOptions): Promise<void> {
  try {
    const applied = await applyMigrations(client, migrationsDir(options));
    if (applied.length > 0) options.log.info({ applied }, "the database schema was brought up to date");
    await options.migrateQueue(owner);
  } catch (error) {
    if (errorCode(error) !== "42501") throw error;
    throw new StartError(
      `The database user ${pg.escapeIdentifier(await readUser(client))} may not make Milkrun's tables: make it the database's owner with ` +
        "ALTER DATABASE … OWNER TO …, or set MIGRATION_DATABASE_URL to the owner.",
      { cause: error },
    );
  }
}

async function grant(client: pg.Client, role: string): Promise<void> {
  await grantToApp(client, role);
  await grantQueue(client, role);
}

/** Whether this user owns what is there, or may make it where nothing is. */
async function mayMigrate(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ allowed: boolean }>(
    `select coalesce(
       (select pg_has_role(current_user, relowner, 'USAGE') from pg_class where oid = to_regclass('public._prisma_migrations')),
       has_schema_privilege('public', 'CREATE')) as allowed`,
  );
  return rows[0]?.allowed ?? false;
}

async function readUser(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ user: string }>("select current_user as user");
  return rows[0]?.user ?? "";
}

function migrationsDir({ migrationsDir = "prisma/migrations" }: PrepareOptions): string {
  return path.resolve(migrationsDir);
}
