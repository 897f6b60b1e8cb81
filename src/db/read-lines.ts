import pg from "pg";
import type { Prisma } from "@/generated/prisma/client";

/** What a reading sees, and the zone that it writes instants in. */
export interface LineScope {
  orgId: string;
  timeZone: string;
}

/**
 * The column `line` of a query, in a transaction that sees one organization only. Each text is handed over as it comes in and kept by
 * nobody else: results of Prisma and of the driver's promises outlive their use until V8 goes through all of its memory, which for a million
 * items means hundreds of megabytes.
 */
export async function readLines(pool: pg.Pool, { orgId, timeZone }: LineScope, query: Prisma.Sql): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query("begin read only");
    await client.query("select set_config('app.org_id', $1, true), set_config('TimeZone', $2, true)", [orgId, timeZone]);
    const lines = await collect(client, query);
    await client.query("commit");
    client.release();
    return lines;
  } catch (error) {
    // In the middle of something, a connection is of no use to others.
    client.release(true);
    throw error;
  }
}

function collect(client: pg.PoolClient, { text, values }: Prisma.Sql): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const query = client.query(new pg.Query<{ line: string }>({ text, values }));
    query.on("row", ({ line }) => lines.push(line));
    query.on("error", reject);
    query.on("end", () => resolve(lines));
  });
}
