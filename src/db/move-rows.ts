import type pg from "pg";
import { StartError } from "@/config/start-error";
import type { MovedTable } from "./move-tables";

/** About as much text goes at once; rows may be of 20 bytes or of megabytes. */
const BATCH_CHARACTERS = 4_000_000;
const MOST_ROWS = 20_000;
const FIRST_ROWS = 20;

/** Two connections that write values in the same way, each in its transaction. */
export interface Sides {
  source: pg.Client;
  target: pg.Client;
}

/** How many rows to ask for after a batch of `rows` rows and `characters` characters. At most eight times as many: the next ones may be longer. */
export function nextBatch(rows: number, characters: number): number {
  const fitting = Math.floor((BATCH_CHARACTERS * rows) / Math.max(1, characters));
  return Math.max(1, Math.min(fitting, rows * 8, MOST_ROWS));
}

/**
 * Copies all rows of a table, as the text of whole rows: it means the same to every version of PostgreSQL. They are inserted, and not sent
 * by COPY, which row-level security that binds the owner refuses.
 * @param onRows Called after each batch with the number of rows so far.
 */
export async function copyRows({ source, target }: Sides, table: MovedTable, onRows: (rows: number) => void): Promise<number> {
  const names = table.columns.filter(({ computed }) => !computed).map(({ name }) => name);
  const insert = `insert into ${table.name} (${names.join(", ")}) overriding system value
    select ${names.map((name) => `moved.${name}`).join(", ")} from unnest($1::${table.name}[]) as moved`;
  const fetch = async (count: number) => (await source.query<{ row: string }>(`fetch ${count} from moving`)).rows.map(({ row }) => row);
  await source.query(`declare moving no scroll cursor for select moved::text as row from ${table.name} as moved`);
  let moved = 0;
  let batch = await fetch(FIRST_ROWS);
  while (batch.length > 0) {
    const characters = batch.reduce((sum, row) => sum + row.length, 0);
    const [next] = await Promise.all([fetch(nextBatch(batch.length, characters)), target.query(insert, [batch])]);
    moved += batch.length;
    onRows(moved);
    batch = next;
  }
  await source.query("close moving");
  return moved;
}

/**
 * Compares what both sides hold of a table: the number of rows, and the sum of the checksums of their texts.
 * @throws StartError when they differ.
 */
export async function requireSameRows({ source, target }: Sides, { name }: MovedTable): Promise<void> {
  const sql = `select count(*)::text as rows, coalesce(sum(('x' || left(md5(moved::text), 15))::bit(60)::bigint), 0)::text as sum from ${name} as moved`;
  const [ours, theirs] = await Promise.all([source, target].map(async (side) => (await side.query<{ rows: string; sum: string }>(sql)).rows[0]));
  if (ours && ours.rows === theirs?.rows && ours.sum === theirs.sum) return;
  const what = ours?.rows === theirs?.rows ? "other contents" : `${theirs?.rows} rows instead of ${ours?.rows}`;
  throw new StartError(`The table ${name} arrived with ${what}, so the move was undone and the old data is as it was. Please report this.`);
}
