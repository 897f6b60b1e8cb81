import type pg from "pg";
import { createOperatorResetLink } from "@/auth/password-reset";
import { type Env, env as readEnv } from "@/config/env";
import { describeStartError, StartError } from "@/config/start-error";
import { createDatabase } from "@/db/client";
import { checkReachable } from "@/db/connect";
import { connectionFromUrl } from "@/db/connection-url";
import { findEmbedded } from "@/db/embedded";
import { createLogger } from "@/log/logger";

/** Prints a link by which one person chooses a new password, for who runs this installation. Milkrun goes on running meanwhile. */
async function main([email, ...others]: readonly string[]): Promise<void> {
  if (!email || others.length > 0) throw new StartError("Say whose password: npm run password:reset -- ada@example.org");
  const env = readEnv();
  const { name, url } = await createLink(env, await findDatabase(env), email.trim().toLowerCase());
  process.stdout.write(`Give this link to ${name} and nobody else. It works once, for 30 minutes:\n\n${url}\n\n`);
}

async function createLink(env: Env, connection: pg.ClientConfig, email: string): Promise<{ name: string; url: string }> {
  const db = createDatabase(connection, { poolSize: 2, log: createLogger({ level: env.LOG_LEVEL }) });
  try {
    const link = await createOperatorResetLink(db, email, env.BASE_URL);
    if (!link) throw new StartError(`Nobody here has the e-mail address ${email}. Nothing was changed.`);
    return link;
  } finally {
    await db.close();
  }
}

async function findDatabase(env: Env): Promise<pg.ClientConfig> {
  if (!env.DATABASE_URL) {
    const running = await findEmbedded({ dataDir: env.MILKRUN_DATA_DIR, relocationDir: env.MILKRUN_POSTGRES_DIR });
    if (running) return running;
    throw new StartError(`No Milkrun runs on ${env.MILKRUN_DATA_DIR}: start it, or set MILKRUN_DATA_DIR, then try again.`);
  }
  const connection = connectionFromUrl(env.DATABASE_URL);
  await checkReachable(connection, "DATABASE_URL");
  return connection;
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${describeStartError(error)}\n`);
  process.exitCode = 1;
});
