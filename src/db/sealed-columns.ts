import type pg from "pg";
import type { SealedPlace } from "./sealed-value";

/** A column of sealed values; rows are known by a column `id`. */
export interface SealedColumn {
  table: string;
  column: string;
}

/** Every column that holds secrets of organizations; a test holds it against the schema. */
export const SEALED_COLUMNS = [
  { table: "source_header", column: "sealed_value" },
  { table: "source_test", column: "sealed_headers" },
  { table: "notification_channel", column: "sealed_secret" },
  { table: "notification_channel", column: "sealed_old_secret" },
] as const satisfies readonly SealedColumn[];

/** Sealed when the first process started: it opens with the right keys only. */
const KEY_CHECK = { table: "installation", column: "key_check" } as const;
export const KEY_CHECK_PLACE: SealedPlace = { orgId: null, row: "1", ...KEY_CHECK };
export const KEY_CHECK_TEXT = "Milkrun can read its secrets.";

/** The value that tells whether these are the installation's keys; null before the first start. */
export async function readKeyCheck(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ check: string | null }>("select key_check as check from installation where id = 1");
  return rows[0]?.check ?? null;
}

/** Stores the value that `readKeyCheck` gives from now on. */
export async function storeKeyCheck(client: pg.Client, sealed: string): Promise<void> {
  await client.query("update installation set key_check = $1 where id = 1", [sealed]);
}

/** How many stored secrets there are of each key, by its id. */
export async function countSecretsByKey(client: pg.Client): Promise<Map<string, number>> {
  const all = SEALED_COLUMNS.map(({ table, column }) => `select split_part(${column}, '.', 2) as id from ${table} where ${column} is not null`).join(
    " union all ",
  );
  const { rows } = await client.query<{ id: string; count: number }>(`select id, count(*)::int as count from (${all}) as secret group by id order by id`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}
