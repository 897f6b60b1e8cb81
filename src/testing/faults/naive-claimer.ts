import type pg from "pg";

/** What a dispatch without locks would do: look now, write later. */
export interface NaiveClaim {
  write(): Promise<void>;
}

/** The dispatch that Milkrun does not have, for controls: it locks nothing and asks for no active run. */
export async function claimNaively(client: pg.Client): Promise<NaiveClaim> {
  const { rows } = await client.query<{ id: string; slotAt: Date }>(
    `select id, next_run_at as "slotAt" from schedule where enabled and due_at <= clock_timestamp()`,
  );
  return {
    async write() {
      await client.query(
        `with due as (
           select s.*, d."slotAt", clock_timestamp() as now
           from jsonb_to_recordset($1::jsonb) as d(id uuid, "slotAt" timestamptz) join schedule s on s.id = d.id
         ), numbered as (
           update organization o set last_run_number = last_run_number + 1 from due where o.id = due.org_id returning o.id, o.last_run_number as number
         ), moved as (
           update schedule s set lower_bound_at = "slotAt", next_run_at = "slotAt" + interval '1 hour', due_at = "slotAt" + interval '1 hour'
           from due where s.id = due.id
         )
         insert into run (id, org_id, number, trigger, status, schedule_id, schedule_version, slot_at, lateness_ms, queued_at, preset_id, limit_ms)
         select gen_random_uuid(), due.org_id, n.number, 'schedule', 'queued', due.id, due.version, due."slotAt",
           extract(epoch from now - due."slotAt") * 1000, now, due.preset_id, 60000
         from due join numbered n on n.id = due.org_id`,
        [JSON.stringify(rows)],
      );
    },
  };
}
