import pg from "pg";
import { listTenantTables } from "./tenant-rows";

export interface TableContents {
  name: string;
  rows: unknown[];
}

/** A connection that reads behind row-level security; close it in `afterAll`. */
export interface TenantReader {
  /** Every row of an organization, all tables as they were at one moment. */
  read(orgId: string): Promise<TableContents[]>;
  close(): Promise<void>;
}

/**
 * Opens a reader of the tables that there are now. It asks for all of them in one statement that is planned once: a test that looks after
 * each of hundreds of calls would otherwise spend most of its time on looking.
 */
export async function openTenantReader(owner: pg.ClientConfig): Promise<TenantReader> {
  const client = new pg.Client(owner);
  await client.connect();
  await client.query("set plan_cache_mode = force_generic_plan");
  const text = (await listTenantTables(client)).map(contentsOf).join("\nunion all\n");
  return {
    read: async (orgId) => (await client.query<TableContents>({ name: "tenant", text, values: [orgId] })).rows,
    close: () => client.end(),
  };
}

const contentsOf = (table: string) =>
  `select '${table}' as name, (select coalesce(jsonb_agg(to_jsonb(own) order by to_jsonb(own)::text), '[]') from "${table}" own where org_id = $1::uuid) as rows`;
