import { inUseReason, SOURCE_GONE, type SourceDependents, type SourceOutcome } from "@/domain/source-bulk";
import { forgetAlerts } from "./notification-alerts";
import type { Tx } from "./transaction";

/** What hangs on these sources, in the order of their names: the presets that hold them, and the items that would go with them. */
export async function findDependents(tx: Tx, orgId: string, ids: readonly string[]): Promise<SourceDependents[]> {
  return tx.$queryRaw<SourceDependents[]>`
    select s.id, s.name, (select count(*)::int from item i where i.org_id = s.org_id and i.source_id = s.id) as "itemCount",
      (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name,
          'usedBySchedule', exists (select 1 from schedule c where c.org_id = p.org_id and c.preset_id = p.id)) order by p.name), '[]')
        from preset_source ps join preset p on p.org_id = ps.org_id and p.id = ps.preset_id where ps.org_id = s.org_id and ps.source_id = s.id) as presets
    from source s where s.org_id = ${orgId}::uuid and s.id = any(${[...ids]}::uuid[]) order by s.name, s.id`;
}

/** Switches sources on or off for all runs to come. Those that are that way already stay as they are. */
export async function setEnabled(tx: Tx, orgId: string, ids: readonly string[], enabled: boolean): Promise<SourceOutcome[]> {
  const before = await lockChosen(tx, orgId, ids);
  await tx.$executeRaw`
    update source set enabled = ${enabled}, updated_at = now()
    where org_id = ${orgId}::uuid and id = any(${[...ids]}::uuid[]) and enabled <> ${enabled}`;
  return outcomesOf(ids, before, (source) => ({ outcome: source.enabled === enabled ? "unchanged" : "done", reason: null }));
}

/** Deletes sources with their items, but none that a preset holds. `itemCount`: items that went with them. */
export async function removeSources(tx: Tx, orgId: string, ids: readonly string[]): Promise<{ outcomes: SourceOutcome[]; itemCount: number }> {
  const before = await lockChosen(tx, orgId, ids);
  const dependents = new Map((await findDependents(tx, orgId, ids)).map((each) => [each.id, each]));
  const free = [...dependents.values()].filter(({ presets }) => presets.length === 0);
  const freeIds = free.map(({ id }) => id);
  await tx.source.deleteMany({ where: { orgId, id: { in: freeIds } } });
  await forgetAlerts(tx, orgId, freeIds);
  const outcomes = outcomesOf(ids, before, ({ id }) => {
    const presets = dependents.get(id)?.presets ?? [];
    return presets.length > 0 ? { outcome: "refused", reason: inUseReason(presets) } : { outcome: "done", reason: null };
  });
  return { outcomes, itemCount: free.reduce((sum, each) => sum + each.itemCount, 0) };
}

interface ChosenSource {
  id: string;
  name: string;
  enabled: boolean;
}

/** Presets that take one of them in wait until this transaction ends, and so do other edits. */
async function lockChosen(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, ChosenSource>> {
  const rows = await tx.$queryRaw<ChosenSource[]>`
    select id, name, enabled from source where org_id = ${orgId}::uuid and id = any(${[...ids]}::uuid[]) order by id for update`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** One for each source that was chosen, in that order. */
function outcomesOf(
  ids: readonly string[],
  found: Map<string, ChosenSource>,
  judge: (source: ChosenSource) => Pick<SourceOutcome, "outcome" | "reason">,
): SourceOutcome[] {
  return [...new Set(ids)].map((id) => {
    const source = found.get(id);
    return source ? { id, name: source.name, ...judge(source) } : { id, name: "", outcome: "refused", reason: SOURCE_GONE };
  });
}
