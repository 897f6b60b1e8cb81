import type pg from "pg";
import type { EncryptionKey } from "@/config/encryption-keys";
import { SEALED_COLUMNS, type SealedColumn } from "./sealed-columns";
import { isUnreadableSecret, openValue, sealValue } from "./sealed-value";

const BATCH = 200;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** What became of the stored secrets that were under other keys. */
export interface Resealed {
  done: number;
  /** They could be read with none of the keys, and were left as they are. */
  unreadable: number;
}

/**
 * Encrypts with the first key what was encrypted with another one, some at a time. Others may work meanwhile: a secret that they
 * replace or remove is left to them. Done twice, or broken off and begun again, it comes to the same.
 */
export async function resealAll(client: pg.Client, keys: readonly EncryptionKey[]): Promise<Resealed> {
  const total: Resealed = { done: 0, unreadable: 0 };
  for (const column of SEALED_COLUMNS) await resealColumn(client, keys, column, total);
  return total;
}

interface SealedRow {
  id: string;
  orgId: string;
  value: string;
}

async function resealColumn(client: pg.Client, keys: readonly EncryptionKey[], { table, column }: SealedColumn, total: Resealed): Promise<void> {
  const [current] = keys;
  if (!current) return;
  for (let after = BEFORE_ALL; ; ) {
    const { rows } = await client.query<SealedRow>(
      `select id, org_id as "orgId", ${column} as value from ${table} where split_part(${column}, '.', 2) <> $1 and id > $2 order by id limit ${BATCH}`,
      [current.id, after],
    );
    const last = rows.at(-1);
    if (!last) return;
    const resealed = rows.flatMap((row) => reseal(keys, current, row, { table, column }));
    total.unreadable += rows.length - resealed.length;
    total.done += await replace(client, { table, column }, resealed);
    after = last.id;
  }
}

interface Replacement {
  id: string;
  from: string;
  to: string;
}

function reseal(keys: readonly EncryptionKey[], current: EncryptionKey, { id, orgId, value }: SealedRow, column: SealedColumn): Replacement[] {
  const place = { orgId, row: id, ...column };
  try {
    return [{ id, from: value, to: sealValue(current, openValue(keys, value, place), place) }];
  } catch (error) {
    if (isUnreadableSecret(error)) return [];
    throw error;
  }
}

/** A value that somebody changed since it was read stays as they left it. */
async function replace(client: pg.Client, { table, column }: SealedColumn, values: readonly Replacement[]): Promise<number> {
  const { rowCount } = await client.query(
    `update ${table} set ${column} = new.value
     from unnest($1::uuid[], $2::text[], $3::text[]) as new(id, old, value)
     where ${table}.id = new.id and ${table}.${column} = new.old`,
    [values.map(({ id }) => id), values.map(({ from }) => from), values.map(({ to }) => to)],
  );
  return rowCount ?? 0;
}
