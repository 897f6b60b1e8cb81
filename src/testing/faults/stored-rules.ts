import type pg from "pg";
import type { Expectations, InvariantRule, Violation } from "./expectations";

interface StoredRule {
  rule: InvariantRule;
  /** Each row is a violation, told in its column `detail`. */
  sql: string;
  values?: (expectations: Expectations) => unknown[];
}

const RULES: StoredRule[] = [
  {
    rule: "two-active",
    sql: `select 'organization ' || org_id || ' has ' || count(*) || ' active runs' as detail
      from run where status in ('queued', 'running') group by org_id having count(*) > 1`,
  },
  {
    rule: "runs-overlap",
    sql: `select 'organization ' || org_id || ': run ' || number || ' began before another had ended' as detail
      from (select org_id, number, started_at, max(coalesce(finished_at, 'infinity')) over (
          partition by org_id order by started_at, number rows between unbounded preceding and 1 preceding) as others_ended_at
        from run where started_at is not null) as r
      where others_ended_at > started_at`,
  },
  {
    rule: "still-active",
    sql: `select 'organization ' || org_id || ': run ' || number || ' is ' || status || ' after '
        || round(extract(epoch from clock_timestamp() - queued_at)) || ' s, attempt ' || attempt as detail
      from run where status in ('queued', 'running') and queued_at <= clock_timestamp() - $1 * interval '1 millisecond'`,
    values: ({ activeForMs = 0 }) => [activeForMs],
  },
  {
    rule: "item-doubled",
    sql: `select 'source ' || source_id || ' has ' || count(*) || ' items with the key ' || key as detail
      from item group by org_id, source_id, key having count(*) > 1`,
  },
  {
    rule: "items-differ",
    sql: `select 'source ' || coalesce(wanted.source, i.source_id) || case when i.key is null then ' lacks the item ' || wanted.key
        else ' has the item ' || i.key || ' that it should not have' end as detail
      from jsonb_to_recordset($1::jsonb) as wanted(source uuid, key text)
      full join (select source_id, key from item where source_id = any($2::uuid[])) i on i.source_id = wanted.source and i.key = wanted.key
      where i.key is null or wanted.key is null`,
    values: ({ items = [] }) => [
      JSON.stringify(items.flatMap(({ sourceId, keys }) => keys.map((key) => ({ source: sourceId, key })))),
      items.map(({ sourceId }) => sourceId),
    ],
  },
  {
    rule: "item-counts",
    sql: `select 'source ' || source_id || ' has ' || items || ' items, its runs counted ' || counted || ' new ones' as detail
      from (select source_id, count(*) as items from item group by source_id) as i
      full join (select source_id, sum(new_count) as counted from run_source group by source_id) as c using (source_id)
      where coalesce(items, 0) <> coalesce(counted, 0)
      union all
      select 'item ' || key || ' of source ' || source_id || ' was seen ' || times_seen || ' times in ' || successes || ' collections'
      from item join (select source_id, count(*) filter (where status = 'succeeded') as successes from run_source group by source_id) as s using (source_id)
      where times_seen > successes`,
  },
  {
    rule: "source-unfinished",
    sql: `select 'organization ' || r.org_id || ': run ' || r.number || ' is ' || r.status || ', its source ' || s.name || ' is ' || s.status as detail
      from run_source s join run r on r.org_id = s.org_id and r.id = s.run_id
      where s.status in ('queued', 'fetching') and r.status not in ('queued', 'running')`,
  },
  {
    rule: "run-status",
    sql: `select 'organization ' || org_id || ': run ' || number || ' is ' || status || ' with ' || failed || ' of ' || total || ' sources failed and '
        || collected || ' collected' as detail
      from (select r.org_id, r.number, r.status, count(s.id) as total, count(*) filter (where s.status = 'failed') as failed,
          count(*) filter (where s.status in ('succeeded', 'not_modified', 'not_due')) as collected
        from run r left join run_source s on s.org_id = r.org_id and s.run_id = r.id
        where r.status in ('succeeded', 'partial', 'failed') group by r.id) as r
      where status <> case when failed = 0 and total > 0 then 'succeeded' when failed = total then 'failed' else 'partial' end::run_status
        or failed + collected <> total`,
  },
  {
    rule: "lease-left",
    sql: `select 'organization ' || org_id || ': run ' || number || ' is ' || status || ' and still leased' as detail
      from run where status <> 'running' and (lease_token is not null or lease_expires_at is not null)`,
  },
  {
    rule: "job-left",
    sql: `select 'organization ' || r.org_id || ': run ' || r.number || ' is ' || r.status || ', but the queue holds it for worker ' || j.locked_by as detail
      from graphile_worker._private_jobs j join run r on r.id::text = j.payload ->> 'runId'
      where r.status not in ('queued', 'running') and j.locked_at is not null`,
  },
  {
    rule: "lock-left",
    sql: `select 'session ' || l.pid || ' of ' || coalesce(a.application_name, '?') || ' holds the advisory lock ' || l.classid || ' ' || l.objid as detail
      from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where $1::uuid[] is not null and l.locktype = 'advisory' and a.datname = current_database() and a.state like 'idle%'
        and not (l.classid::bigint = app.liveness_class() and l.objid::bigint in (
          select app.liveness_key(instance)::bigint & 4294967295 from unnest($1::uuid[]) as instance))`,
    values: ({ liveInstances }) => [liveInstances ?? null],
  },
  {
    rule: "number-gap",
    sql: `select 'organization ' || o.id || ' has ' || count(r.id) || ' runs, from ' || min(r.number) || ' to ' || max(r.number)
        || ', the last number given is ' || o.last_run_number as detail
      from organization o join run r on r.org_id = o.id group by o.id
      having min(r.number) <> 1 or max(r.number) <> o.last_run_number or count(distinct r.number) <> max(r.number) or count(*) <> max(r.number)`,
  },
];

/** Everything that the database alone can tell. */
export async function checkStoredRules(client: pg.Client, expectations: Expectations): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const { rule, sql, values } of RULES) {
    const { rows } = await client.query<{ detail: string }>(sql, values?.(expectations) ?? []);
    violations.push(...rows.map(({ detail }) => ({ rule, detail })));
  }
  return violations;
}
