import path from "node:path";
import { parseArgs } from "node:util";
import type pg from "pg";
import { encryptionKeySource } from "@/config/encryption-key-source";
import { type Env, parseEnv, env as readEnv } from "@/config/env";
import { describeStartError, StartError } from "@/config/start-error";
import { checkReachable, withClient } from "@/db/connect";
import { connectionFromUrl } from "@/db/connection-url";
import { findEmbedded, locateEmbedded, startEmbedded } from "@/db/embedded";
import { copyDatabase, type MoveProgress } from "@/db/move-database";
import { refuseRunning } from "@/db/move-refusals";
import { prepareDatabase } from "@/db/prepare";
import { createLogger } from "@/log/logger";
import { migrateQueue } from "@/worker/migrate-queue";

const USAGE = "set DATABASE_URL to it in .env and run npm run database:move, or write its address behind: npm run database:move -- postgresql://…";
/** A large table says how far it is about as often. */
const SAY_EVERY_MS = 2_000;

const log = createLogger({ level: "silent" });

/**
 * Copies everything from Milkrun's own PostgreSQL into an empty database of another server, which the argument or DATABASE_URL names, and says
 * what to do then. Ends the process.
 * @param args What stands behind `npm run database:move --`.
 */
export async function moveDatabase(args: readonly string[]): Promise<void> {
  const stop = new AbortController();
  const stopped = new StartError("Stopped. Nothing was moved: the new database holds no data, the old one is as it was. To try again, run the same command.");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort(stopped));
  try {
    const env = withAddress(readEnv(), args);
    const { counts, clusterDir } = await withOwn(env, (source) => move(env, source, stop.signal));
    process.stdout.write(`${describeMove(env, counts, clusterDir).join("\n")}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${describeStartError(error)}\n`);
    process.exit(1);
  }
}

type MoveEnv = Env & { DATABASE_URL: string };

/** An address that is written behind the command counts alone: it names the owner. */
function withAddress(env: Env, args: readonly string[]): MoveEnv {
  const [address, ...others] = readPositionals(args);
  if (others.length > 0) throw new StartError(`One address is enough. To say where to: ${USAGE}`);
  if (address) {
    const { DATABASE_URL } = parseEnv({ DATABASE_URL: address });
    if (DATABASE_URL) return { ...env, DATABASE_URL, MIGRATION_DATABASE_URL: undefined };
  }
  if (!env.DATABASE_URL) throw new StartError(`Which database to move to? To say it, ${USAGE}`);
  return { ...env, DATABASE_URL: env.DATABASE_URL };
}

function readPositionals(args: readonly string[]): string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true }).positionals;
  } catch (cause) {
    throw new StartError(`These arguments cannot be used: ${args.join(" ")}. To say where to: ${USAGE}`, { cause });
  }
}

/** Starts Milkrun's own PostgreSQL for the time of the work. Nobody else can start a Milkrun on it meanwhile. */
async function withOwn<T>(env: Env, work: (source: pg.ClientConfig) => Promise<T>): Promise<T & { clusterDir: string }> {
  const place = { dataDir: env.MILKRUN_DATA_DIR, relocationDir: env.MILKRUN_POSTGRES_DIR };
  const clusterDir = locateEmbedded(place);
  if (!clusterDir)
    throw new StartError(`There is no database of Milkrun's own in ${env.MILKRUN_DATA_DIR}, so there is nothing to move. Check MILKRUN_DATA_DIR.`);
  const running = await findEmbedded(place);
  if (running) await withClient(running, (client) => refuseRunning(client, env.MILKRUN_DATA_DIR));
  const embedded = await startEmbedded({ ...place, log });
  try {
    return { ...(await work(embedded.connection)), clusterDir };
  } finally {
    await embedded.stop();
  }
}

async function move(env: MoveEnv, source: pg.ClientConfig, signal: AbortSignal): Promise<{ counts: Map<string, number> }> {
  const { MIGRATION_DATABASE_URL: owner, DATABASE_URL: address } = env;
  const target = connectionFromUrl(owner ?? address);
  await checkReachable(target, owner ? "MIGRATION_DATABASE_URL" : "DATABASE_URL");
  const counts = await copyDatabase({
    source,
    target,
    prepareTarget: () => prepareDatabase({ env, log, migrateQueue }),
    migrationsDir: path.resolve("prisma/migrations"),
    onProgress: createReport((line) => process.stdout.write(`${line}\n`)),
    signal,
  });
  return { counts };
}

const formatCount = (count: number) => `${count.toLocaleString("en-US")} ${count === 1 ? "row" : "rows"}`;

/** A line for each table that holds something, and one now and then for a large one. */
function createReport(say: (line: string) => void): (progress: MoveProgress) => void {
  let saidMs = performance.now();
  return (progress) => {
    if (progress.step === "prepare") return say("Making Milkrun's tables …");
    if (progress.step === "compare") return say("Comparing both sides …");
    const { table, position, tables, rows, isDone } = progress;
    const isTime = performance.now() - saidMs > SAY_EVERY_MS;
    if (rows === 0 || !(isDone || isTime)) return;
    saidMs = performance.now();
    say(`${`${position}/${tables}`.padStart(7)}  ${table}: ${formatCount(rows)}${isDone ? "" : " so far"}`);
  };
}

/** What was done, and what a person does now. */
function describeMove(env: MoveEnv, counts: ReadonlyMap<string, number>, clusterDir: string): string[] {
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const given = Boolean(env.MILKRUN_SECRET);
  const secret = given ? "MILKRUN_SECRET" : path.join(env.MILKRUN_DATA_DIR, "secret");
  const keys = encryptionKeySource(env).place;
  return [
    "",
    `Moved ${counts.size} tables with ${formatCount(rows)}. Both sides were compared and hold the same.`,
    "",
    "Now:",
    "  1. Set DATABASE_URL in .env to the new database, if it is not yet. Without it Milkrun would go on with the old one.",
    "  2. Start Milkrun: npm start",
    `  3. Keep ${secret} and ${keys}. They are not in the database: without`,
    "     the second what is stored encrypted cannot be read, without the first everybody is signed out. Milkrun goes on using them here.",
    "",
    "Further machines need both, too: set MILKRUN_SECRET to what the first holds, and MILKRUN_ENCRYPTION_KEYS to the lines of the second,",
    "separated by commas, or copy the files into their MILKRUN_DATA_DIR.",
    `The old database, ${clusterDir}, is as it was. Remove it when you do not want to go back any more.`,
  ];
}
