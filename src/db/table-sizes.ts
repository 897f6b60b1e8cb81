import type { Tx } from "./transaction";

/** How large a table is, its indexes included; rows as PostgreSQL's statistics have them. */
export interface TableSize {
  name: string;
  rows: number;
  bytes: number;
}

/** The program's own tables and the queue's, the largest first. */
export async function listTableSizes(tx: Tx): Promise<TableSize[]> {
  return tx.$queryRaw`
    select c.relname as name, greatest(c.reltuples, 0)::float8 as rows, pg_total_relation_size(c.oid)::float8 as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker') order by 3 desc, 1`;
}
