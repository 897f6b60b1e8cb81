import { parseArgs } from "node:util";
import type pg from "pg";
import { encryptionKeySource } from "@/config/encryption-key-source";
import { type Env, env as readEnv } from "@/config/env";
import { describeStartError, StartError } from "@/config/start-error";
import { checkReachable, withClient } from "@/db/connect";
import { connectionFromUrl } from "@/db/connection-url";
import { findEmbedded, startEmbedded } from "@/db/embedded";
import { discardLost, dropOldKeys, type Rotation, rotateKeys } from "@/db/rotate-keys";
import { systemConnection } from "@/db/system-connection";
import { createLogger } from "@/log/logger";

const USAGE = "npm run secrets:rotate, with -- --drop-old afterwards, or with -- --discard-lost when a key is lost for good";

/**
 * Goes over to a new encryption key, or removes old ones, on the database of the settings; Milkrun may be running. Ends the process.
 * @param args What stands behind `npm run secrets:rotate --`.
 */
export async function rotateSecrets(args: readonly string[]): Promise<void> {
  try {
    const act = parseAction(args);
    const env = readEnv();
    const source = encryptionKeySource(env);
    const sentences = await withDatabase(env, (connection) => withClient(systemConnection(connection), (client) => actOn(act, { client, source })));
    process.stdout.write(`${sentences.join("\n")}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${describeStartError(error)}\n`);
    process.exit(1);
  }
}

type Action = (rotation: Rotation) => Promise<string[]>;

function parseAction(args: readonly string[]): Action {
  const { dropOld, discard } = parseOptions(args);
  if (dropOld && discard) throw new StartError(`--drop-old and --discard-lost do not go together. Write: ${USAGE}.`);
  return dropOld ? dropOldKeys : discard ? discardLost : rotateKeys;
}

function parseOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: { "drop-old": { type: "boolean" }, "discard-lost": { type: "boolean" } } });
    return { dropOld: values["drop-old"] ?? false, discard: values["discard-lost"] ?? false };
  } catch (cause) {
    throw new StartError(`These arguments cannot be used: ${args.join(" ")}. Write: ${USAGE}.`, { cause });
  }
}

async function actOn(act: Action, rotation: Rotation): Promise<string[]> {
  const { rows } = await rotation.client.query<{ present: boolean }>("select to_regclass('public.source_header') is not null as present");
  if (rows[0]?.present) return act(rotation);
  throw new StartError("The database has no place for secrets yet. Start this version of Milkrun once, which makes it.");
}

/** Lends the configured database, the one of a running Milkrun, or else starts its own for a moment. */
async function withDatabase<T>(env: Env, work: (connection: pg.ClientConfig) => Promise<T>): Promise<T> {
  if (env.DATABASE_URL) {
    const connection = connectionFromUrl(env.DATABASE_URL);
    await checkReachable(connection, "DATABASE_URL");
    return work(connection);
  }
  const place = { dataDir: env.MILKRUN_DATA_DIR, relocationDir: env.MILKRUN_POSTGRES_DIR };
  const running = await findEmbedded(place);
  if (running) return work(running);
  const embedded = await startEmbedded({ ...place, log: createLogger({ level: "silent" }) });
  return work(embedded.connection).finally(() => embedded.stop());
}
