import pg from "pg";
import { StartError } from "@/config/start-error";

/** Where Milkrun and its queue keep their tables. */
const SCHEMAS = ["public", "app", "graphile_worker"];
/** What the migrations of each side write of themselves. */
const HISTORIES = ["public._prisma_migrations", "graphile_worker.migrations"];

export interface MovedTable {
  /** Quoted where it needs to be, with its schema. */
  name: string;
  /** In their order; those that PostgreSQL computes are not written. */
  columns: { name: string; type: string; computed: boolean }[];
}

/** The names of what is in Milkrun's schemas, of whatever kind, without what belongs to an extension. */
export async function listRelations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any ($1) and c.relkind = any ('{r,p,v,m,f}')
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') order by 1`,
    [SCHEMAS],
  );
  return rows.map(({ name }) => name);
}

/** The tables that hold what Milkrun keeps; of one with partitions the whole. */
export async function readTables(client: pg.Client): Promise<MovedTable[]> {
  const { rows } = await client.query<MovedTable>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod), 'computed', a.attgenerated <> '')
         order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition and format('%I.%I', n.nspname, c.relname) <> all ($2)
     group by 1 order by 1`,
    [SCHEMAS, HISTORIES],
  );
  return rows;
}

/**
 * Refuses where the two sides differ in a table or in a column: the old side was last served by another version.
 * @throws StartError naming the first table that differs.
 */
export function requireSameTables(source: readonly MovedTable[], target: readonly MovedTable[]): void {
  const texts = (tables: readonly MovedTable[]) => new Map(tables.map((table) => [table.name, JSON.stringify(table)]));
  const [ours, theirs] = [texts(source), texts(target)];
  const other = [...ours.keys(), ...theirs.keys()].find((name) => ours.get(name) !== theirs.get(name));
  if (other === undefined) return;
  throw new StartError(
    `The table ${other} is not the same on both sides, so nothing was moved. Start this version of Milkrun once on the old data, stop it, and move then.`,
  );
}

/** Statements that take away what would check or change rows while they arrive, and those that put it back as it was. */
export interface Loosening {
  loosen: string[];
  restore: string[];
}

/**
 * Foreign keys, so that no order of the tables is needed, and triggers on what is added, which have done their work when the row was
 * new. Whoever owns the tables may change both, which no setting allows them.
 */
export async function planLoosening(client: pg.Client): Promise<Loosening> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname = any ($1) order by 1, 2`,
    [SCHEMAS],
  );
  const { rows: triggers } = await client.query<{ table: string; name: string; mode: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(t.tgname) as name,
       case t.tgenabled when 'A' then 'enable always' when 'R' then 'enable replica' else 'enable' end as mode
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgparentid = 0 and t.tgtype & 4 <> 0 and t.tgenabled <> 'D' and n.nspname = any ($1) order by 1, 2`,
    [SCHEMAS],
  );
  return {
    loosen: [
      ...keys.map(({ table, name }) => `alter table ${table} drop constraint ${name}`),
      ...triggers.map(({ table, name }) => `alter table ${table} disable trigger ${name}`),
    ],
    restore: [
      ...keys.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
      ...triggers.map(({ table, name, mode }) => `alter table ${table} ${mode} trigger ${name}`),
    ],
  };
}

/** Lets the numbers that the target gives go on where those of the source ended. Not undone with the transaction, which hurts nobody. */
export async function moveSequences(source: pg.Client, target: pg.Client): Promise<void> {
  const { rows } = await source.query<{ name: string; last: string }>(
    "select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences where schemaname = any ($1) and last_value is not null",
    [SCHEMAS],
  );
  for (const { name, last } of rows) await target.query(`select setval(${pg.escapeLiteral(name)}, $1::bigint)`, [last]);
}
