import pg from "pg";

/** The queue's own tables, private to graphile-worker 0.17: named here and nowhere else. */
const QUEUE_TABLES = ["_private_jobs", "_private_job_queues", "_private_tasks", "_private_known_crontabs"];

const POLICY = "milkrun_app";

/**
 * Lets the app's role work as a queue worker. graphile-worker enables row-level security on its tables without a policy,
 * so that only their owner sees a row; they hold no tenant's data.
 */
export async function grantQueue(client: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  await client.query(`
    grant usage on schema graphile_worker to ${name};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${name};
    grant usage on all sequences in schema graphile_worker to ${name};
    grant execute on all functions in schema graphile_worker to ${name};
    revoke insert, update, delete on graphile_worker.migrations from ${name}`);
  for (const table of await listTablesWithoutPolicy(client, role)) {
    const target = `graphile_worker.${pg.escapeIdentifier(table)}`;
    await client.query(`drop policy if exists ${POLICY} on ${target}; create policy ${POLICY} on ${target} to ${name} using (true) with check (true)`);
  }
}

/** Making a policy locks its table, so it is done only where it is missing: other machines may be working. */
async function listTablesWithoutPolicy(client: pg.Client, role: string): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select t.name as table from unnest($1::text[]) as t(name)
     where not exists (
       select from pg_policies p where p.schemaname = 'graphile_worker' and p.tablename = t.name and p.policyname = $2 and $3::name = any (p.roles))`,
    [QUEUE_TABLES, POLICY, role],
  );
  return rows.map((row) => row.table);
}
