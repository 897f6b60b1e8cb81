import type pg from "pg";
import { withClient } from "@/db/connect";
import { listTenantTables } from "./tenant-rows";

export interface TableContents {
  name: string;
  rows: unknown[];
}

/** Every row of an organization, read behind row-level security. */
export function readTenant(owner: pg.ClientConfig, orgId: string): Promise<TableContents[]> {
  return withClient(owner, async (client) => {
    const contents: TableContents[] = [];
    for (const name of await listTenantTables(client)) {
      const { rows } = await client.query(`select * from "${name}" where org_id = $1 order by to_jsonb("${name}")::text`, [orgId]);
      contents.push({ name, rows });
    }
    return contents;
  });
}
