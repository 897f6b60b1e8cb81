import pg from "pg";
import { systemConnection } from "@/db/system-connection";
import { hear, say } from "../child";

/**
 * The least that a burst can cost with these tables: the same rows inserted and updated, set-based and in transactions of the same size, by
 * one connection that decides nothing. The rows never leave the database.
 */
const DISPATCH = `
  with due as materialized (
    select id, org_id, preset_id, version, next_run_at from schedule
    where enabled and due_at <= statement_timestamp() order by due_at limit $1 for update skip locked
  ), numbered as (
    update organization o set last_run_number = last_run_number + 1 from due d where o.id = d.org_id returning o.id, o.last_run_number
  ), written as (
    insert into run (id, org_id, number, trigger, status, schedule_id, schedule_version, slot_at, lateness_ms, preset_id, preset_name, limit_ms)
    select gen_random_uuid(), d.org_id, n.last_run_number, 'schedule', 'queued', d.id, d.version, d.next_run_at, 0, d.preset_id, 'Everything', 900000
    from due d join numbered n on n.id = d.org_id
    returning id
  ), advanced as (
    update schedule s set lower_bound_at = d.next_run_at, next_run_at = d.next_run_at + interval '1 day', due_at = d.next_run_at + interval '1 day'
    from due d where s.id = d.id
  )
  select count(*)::int as jobs from graphile_worker.add_jobs(array(
    select ('execute_run', json_build_object('runId', id), null, null, 10, 'run:' || id, 0, null)::graphile_worker.job_spec from written))`;

const { connection, batch } = await hear<{ connection: pg.ClientConfig; batch: number }>();
const client = new pg.Client(systemConnection(connection));
await client.connect();
await client.query("select count(*) from schedule");
say({ connected: true });

await hear();
const startedMs = performance.now();
for (let written = batch; written === batch; ) {
  const { rows } = await client.query<{ jobs: number }>(DISPATCH, [batch]);
  written = rows[0]?.jobs ?? 0;
}
say({ tookMs: performance.now() - startedMs });
await client.end();
