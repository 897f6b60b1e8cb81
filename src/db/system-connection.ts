import type pg from "pg";
import { StartError } from "@/config/start-error";
import { errorCode, withClient } from "./connect";

/** The same connection with the scope that sees every organization; the policies read it (see the first migration). */
export function systemConnection(connection: pg.ClientConfig): pg.ClientConfig {
  return { ...connection, options: [connection.options, "-c app.scope=system"].filter(Boolean).join(" ") };
}

const PROTOCOL_VIOLATION = "08P01";

/**
 * Checks that the scope comes through to the server. A pooler may refuse what a connection begins with, or drop it without a word; set by a
 * statement instead, it would stay on a connection that the pooler then lends to an organization's request.
 * @throws StartError when it does not.
 */
export async function verifyScopeArrives(connection: pg.ClientConfig): Promise<void> {
  if ((await readScope(connection)) === "system") return;
  throw new StartError(
    "What DATABASE_URL leads to does not pass on the settings that a connection begins with (options), as poolers such as PgBouncer do not, and " +
      "row-level security depends on them: set it to the address of PostgreSQL itself.",
  );
}

async function readScope(connection: pg.ClientConfig): Promise<string | null> {
  try {
    return await withClient(systemConnection(connection), async (client) => {
      const { rows } = await client.query<{ scope: string | null }>("select current_setting('app.scope', true) as scope");
      return rows[0]?.scope ?? null;
    });
  } catch (error) {
    if (errorCode(error) === PROTOCOL_VIOLATION) return null;
    throw error;
  }
}
