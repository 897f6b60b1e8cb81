import type { RunSummary } from "@/domain/run";
import { MOST_RUN_EVENTS, type RunEvent, type RunEventDraft, type RunLogFilter, type RunLogPage } from "@/domain/run-event";
import { originLine } from "@/domain/run-event-lines";
import { keptPlan } from "./kept-plan";
import type { RunNotice } from "./notify";
import type { SqlTx, Tx } from "./transaction";

/** Lines for the log of one run, in their order. */
interface RunLines extends RunNotice {
  lines: readonly RunEventDraft[];
}

/**
 * Writes lines into the logs of runs, after those that stand there, and tells whoever follows these runs that something changed, in one
 * statement. The caller holds the runs (their rows are locked or new), so that no two write at once and the numbers have no gaps, and
 * writes what the lines tell of in the same transaction. A transaction that is done again must not come here again for what it had done.
 */
export async function logRuns(tx: SqlTx, runs: readonly RunLines[]): Promise<void> {
  const drafts = runs.flatMap(({ orgId, runId, lines }) => lines.map((line, nth) => ({ orgId, runId, nth, ...line })));
  await tx.$executeRaw(keptPlan`
    with draft as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb)
        as d("orgId" uuid, "runId" uuid, nth int, level run_event_level, code text, "sourceId" uuid, message text)
    ), written as (
      insert into run_event (org_id, run_id, number, level, code, source_id, message)
      select d."orgId", d."runId", newest.number + row_number() over (partition by d."runId" order by d.nth), d.level, d.code, d."sourceId", d.message
      from draft d cross join lateral (
        select coalesce((select e.number from run_event e where e.org_id = d."orgId" and e.run_id = d."runId" order by e.number desc limit 1), 0) as number
      ) newest
      where d."sourceId" is null or newest.number < ${MOST_RUN_EVENTS}
    )
    select pg_notify('milkrun_run', json_build_object('orgId', "orgId", 'runId', "runId")::text) from (select distinct "orgId", "runId" from draft) told`);
}

/** The number of the newest line of a run's log; 0 where nothing was written yet. */
export async function findNewestEvent(tx: Tx, { orgId, id }: { orgId: string; id: string }): Promise<number> {
  const newest = await tx.runEvent.findFirst({ where: { orgId, runId: id }, orderBy: { number: "desc" }, select: { number: true } });
  return newest?.number ?? 0;
}

/** A part of a run's log, oldest line first; with the run, its first line says how the run came to be. The caller has found the run in this organization. */
export async function listRunEvents(tx: Tx, orgId: string, filter: RunLogFilter, run: RunSummary | null): Promise<RunLogPage> {
  const { runId, cursor, limit } = filter;
  const first: RunEvent[] = run ? [{ number: 0, at: run.queuedAt, sourceName: null, ...originLine(run) }] : [];
  const rows = await tx.$queryRaw<RunEvent[]>`
    select e.number, e.at, e.level::text, e.code, e.source_id as "sourceId", s.name as "sourceName", e.message
    from run_event e left join run_source s on s.org_id = e.org_id and s.run_id = e.run_id and s.source_id = e.source_id
    where e.org_id = ${orgId}::uuid and e.run_id = ${runId}::uuid and e.number > ${cursor}
    order by e.number limit ${limit - first.length + 1}`;
  const events = [...first, ...rows].slice(0, limit);
  return { events, nextCursor: events.at(-1)?.number ?? cursor, more: first.length + rows.length > limit };
}
