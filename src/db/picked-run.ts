import { AppError } from "@/domain/errors";
import { type NewRun, type StartedRun, startOnce } from "./queue-run";
import type { Tx } from "./transaction";

/** Stands where other runs name their preset. */
const PICKED = "Sources picked by hand";

interface PickedRunRequest {
  /** One per click: the same key gives the same run. */
  requestKey: string;
  sourceIds: readonly string[];
  /** A person's or an API key's id. */
  actorId: string;
  trigger: NewRun["trigger"];
  limitMs: number;
}

/**
 * Queues a run of these sources alone, whatever presets hold them; those that are turned off or in quarantine are left out. The sources are fixed
 * here.
 * @throws AppError `run_in_progress` naming the active run, `validation` when none of them is collected.
 */
export async function startPickedSources(tx: Tx, orgId: string, request: PickedRunRequest): Promise<StartedRun> {
  const { requestKey, sourceIds, trigger, actorId, limitMs } = request;
  const planned = { trigger, limitMs, startedById: actorId, presetId: null, presetName: PICKED };
  const started = await startOnce(tx, orgId, requestKey, async () => planned);
  if (started.isNew && (await insertSources(tx, orgId, started.runId, sourceIds)) === 0) {
    // Thrown, so that the run that was begun is rolled back.
    throw new AppError("validation", "None of these sources is collected: they are turned off, in quarantine or deleted. Nothing was started.");
  }
  return started;
}

async function insertSources(tx: Tx, orgId: string, runId: string, sourceIds: readonly string[]): Promise<number> {
  return tx.$executeRaw`
    insert into run_source (id, org_id, run_id, source_id, position, name, kind, url)
    select gen_random_uuid(), s.org_id, ${runId}::uuid, s.id, row_number() over (order by s.name, s.id) - 1, s.name, s.kind, s.url
    from source s where s.org_id = ${orgId}::uuid and s.id = any(${[...sourceIds]}::uuid[]) and s.enabled and s.quarantined_at is null`;
}
