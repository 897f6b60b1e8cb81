import type pg from "pg";

/** The same connection with the scope that sees every organization; the policies read it (see the first migration). */
export function systemConnection(connection: pg.ClientConfig): pg.ClientConfig {
  return { ...connection, options: [connection.options, "-c app.scope=system"].filter(Boolean).join(" ") };
}
