import type pg from "pg";
import { withClient } from "@/db/connect";

/** Everything that a schema consists of, one line a part, so that two databases can be compared. */
export async function describeSchema(connection: pg.ClientConfig, schemas: readonly string[]): Promise<string[]> {
  return withClient(connection, async (client) => {
    const { rows } = await client.query<{ part: string }>(
      `with wanted as (select oid, nspname from pg_namespace where nspname = any($1))
       select 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull as part
         from pg_attribute a join pg_class c on c.oid = a.attrelid join wanted w on w.oid = c.relnamespace where attnum > 0 and not attisdropped
       union all select 'table ' || c.oid::regclass || ' ' || relrowsecurity || relforcerowsecurity || coalesce(relacl::text, '')
         from pg_class c join wanted w on w.oid = c.relnamespace where relkind in ('r', 'S', 'v')
       union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(c.oid)
         from pg_constraint c join wanted w on w.oid = c.connamespace where conrelid <> 0
       union all select 'index ' || indexdef from pg_indexes join wanted w on w.nspname = schemaname
       union all select 'policy ' || tablename || ' ' || policyname || ' ' || coalesce(qual, '') from pg_policies join wanted w on w.nspname = schemaname
       union all select 'function ' || p.oid::regprocedure || ' ' || prosrc || coalesce(proacl::text, '') from pg_proc p join wanted w on w.oid = p.pronamespace
       union all select 'value ' || enumtypid::regtype || ' ' || enumlabel
         from pg_enum e join pg_type t on t.oid = e.enumtypid join wanted w on w.oid = t.typnamespace
       union all select 'schema ' || nspname from wanted
       order by 1`,
      [schemas],
    );
    return rows.map((row) => row.part);
  });
}
