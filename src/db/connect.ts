import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { StartError } from "@/config/start-error";

const CONNECT_WITHIN_MS = 10_000;
const CANNOT_CONNECT_NOW = "57P03";

/** Lends a connection to `work` and closes it, whatever happens. */
export async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: CONNECT_WITHIN_MS, ...connection });
  // A connection that breaks while nobody waits for it would end the process; whoever uses it next gets the error.
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Checks that a configured database can be used at all; a server that is still starting gets half a minute.
 * @param setting The setting that the address came from, for the message.
 * @throws StartError with one sentence on what is wrong and what to do.
 */
export async function checkReachable(connection: pg.ClientConfig, setting: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withClient(connection, checkVersion);
    } catch (error) {
      if (error instanceof StartError) throw error;
      if (errorCode(error) !== CANNOT_CONNECT_NOW || attempt >= 30) throw new StartError(describeConnectionError(error, setting), { cause: error });
      await sleep(1_000);
    }
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  );
  if (rows[0]) requireSupported(rows[0]);
}

/**
 * Refuses a server older than PostgreSQL 15, the oldest that Milkrun is tested with.
 * @param found `server_version_num` and `server_version` of the server.
 * @throws StartError with one sentence on what to do.
 */
export function requireSupported(found: { number: number; version: string }): void {
  if (found.number >= 150_000) return;
  throw new StartError(
    `The database server is PostgreSQL ${found.version}, but Milkrun needs 15 or newer: upgrade it, or leave DATABASE_URL out to use Milkrun's own.`,
  );
}

/** The SQLSTATE of a database error or the system's code of a network error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there; start the server, or correct the host and port",
  ENOENT: "there is no such socket; start the server, or correct the host",
  ENOTFOUND: "no machine has that name; correct the host",
  EAI_AGAIN: "the name could not be looked up; correct the host, or check this machine's network",
  EHOSTUNREACH: "the machine cannot be reached; check the network and the firewall",
  ETIMEDOUT: "the machine does not answer; check the host, the port and the firewall",
  ECONNRESET: "the server closed the connection; check that it is PostgreSQL and whether it asks for TLS",
  "28P01": "the user or the password is wrong; correct it, special characters percent-encoded",
  "28000": "the server does not let this user in from here; correct the user, or add a line to the server's pg_hba.conf",
  "3D000": "the database does not exist; create it with CREATE DATABASE, or correct the name",
  "42501": "this user may not connect to the database; GRANT CONNECT to it",
  "53300": "the server has no connection left; raise its max_connections, or lower DATABASE_POOL_SIZE",
  "57P03": "the server is still starting after half a minute; look at its log",
};

/** One sentence: which setting, what is wrong, what to do. Names host and user, never the password. */
function describeConnectionError(error: unknown, setting: string): string {
  const code = errorCode(error) ?? (error instanceof AggregateError ? errorCode(error.errors[0]) : undefined);
  const reason = (code && REASONS[code]) ?? otherReason(error);
  return `Milkrun cannot use the database of ${setting}: ${reason}.`;
}

function otherReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/timeout/i.test(message)) return REASONS.ETIMEDOUT ?? message;
  if (/password must be a string/.test(message)) return "it needs a password; add one to the address";
  return `${message.replace(/\.$/, "")}; correct the address, or ask whoever runs the server`;
}
