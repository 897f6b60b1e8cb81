import type pg from "pg";

/** How a schedule says when; shared by many, as in life. */
export interface SchedulePattern {
  expression: string;
  zone: string;
  nextRunAt: Date;
}

export interface ScheduleSeed {
  /** One organization with a preset and a schedule each. */
  schedules: number;
  /** Dealt out in turn. */
  patterns: readonly SchedulePattern[];
  /** When the schedules are to be dispatched, one after the other; without it at their next slots. */
  dueAt?: { first: Date; apartMs: number };
  /** Gives each preset a source, for a worker to collect. */
  sourceUrl?: string;
}

/**
 * Makes any number of organizations with a schedule that is on, in a second for tens of thousands. One schedule in ten was changed since
 * its last slot, so that its lower bound is its own.
 * @param client As the owner, seeing every organization.
 */
export async function seedSchedules(client: pg.Client, seed: ScheduleSeed): Promise<void> {
  await client.query(
    "create temporary table seed as select i, gen_random_uuid() as org_id, gen_random_uuid() as preset_id from generate_series(0, $1::int - 1) i",
    [seed.schedules],
  );
  await client.query("insert into organization (id, name, slug) select org_id, 'Organization ' || i, org_id::text from seed");
  await client.query("insert into preset (id, org_id, name) select preset_id, org_id, 'Everything' from seed");
  if (seed.sourceUrl) await insertSources(client, seed.sourceUrl);
  await insertSchedules(client, seed);
  await client.query("drop table seed");
}

async function insertSources(client: pg.Client, url: string): Promise<void> {
  await client.query("alter table seed add column source_id uuid not null default gen_random_uuid()");
  await client.query("insert into source (id, org_id, name, kind, url, config) select source_id, org_id, 'Source', 'feed', $1, '{}' from seed", [url]);
  await client.query("insert into preset_source (org_id, preset_id, source_id, position) select org_id, preset_id, source_id, 0 from seed");
}

async function insertSchedules(client: pg.Client, { patterns, dueAt }: ScheduleSeed): Promise<void> {
  await client.query(
    `insert into schedule (id, org_id, preset_id, enabled, cron_expression, time_zone, next_run_at, due_at, lower_bound_at)
     select gen_random_uuid(), s.org_id, s.preset_id, true, p.expression, p.zone, p.next_run_at,
       coalesce($4::timestamptz + s.i * $5::float * interval '1 millisecond', p.next_run_at),
       p.next_run_at - interval '1 minute' + case when s.i % 10 = 0 then s.i % 59000 else 0 end * interval '1 millisecond'
     from seed s
     join unnest($1::text[], $2::text[], $3::timestamptz[]) with ordinality as p(expression, zone, next_run_at, nth) on p.nth = s.i % $6::int + 1`,
    [
      patterns.map((p) => p.expression),
      patterns.map((p) => p.zone),
      patterns.map((p) => p.nextRunAt),
      dueAt?.first ?? null,
      dueAt?.apartMs ?? 0,
      patterns.length,
    ],
  );
}
