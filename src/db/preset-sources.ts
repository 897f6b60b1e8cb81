import { AppError } from "@/domain/errors";
import type { PresetDefinition } from "@/domain/preset";
import type { Tx } from "./transaction";

interface PresetId {
  orgId: string;
  presetId: string;
}

/**
 * Gives an empty preset its sources, in this order.
 * @throws AppError `validation` at `sourceIds` when a source is not there.
 */
export async function fillPreset(tx: Tx, { orgId, presetId }: PresetId, { sourceIds, offSourceIds = [] }: Omit<PresetDefinition, "name">): Promise<void> {
  // Locked, so that none is deleted before this transaction ends.
  const found = await lockSources(tx, orgId, sourceIds);
  if (found.length < sourceIds.length) {
    throw new AppError("validation", "One of these sources no longer exists. Reload the page and choose again.", { field: "sourceIds" });
  }
  const off = new Set(offSourceIds);
  await tx.presetSource.createMany({ data: sourceIds.map((sourceId, position) => ({ orgId, presetId, sourceId, position, enabled: !off.has(sourceId) })) });
}

/** Puts those of these sources that exist and are not in the preset behind those that are. The caller holds the lock on the preset. Returns which. */
export async function appendSources(tx: Tx, { orgId, presetId }: PresetId, sourceIds: readonly string[]): Promise<string[]> {
  await lockSources(tx, orgId, sourceIds);
  const added = await tx.$queryRaw<{ sourceId: string }[]>`
    insert into preset_source (org_id, preset_id, source_id, position)
    select s.org_id, ${presetId}::uuid, s.id,
      (select coalesce(max(p.position), -1) from preset_source p where p.org_id = ${orgId}::uuid and p.preset_id = ${presetId}::uuid) + wanted.place
    from unnest(${[...sourceIds]}::uuid[]) with ordinality as wanted(id, place) join source s on s.org_id = ${orgId}::uuid and s.id = wanted.id
    on conflict (org_id, preset_id, source_id) do nothing
    returning source_id as "sourceId"`;
  return added.map(({ sourceId }) => sourceId);
}

async function lockSources(tx: Tx, orgId: string, ids: readonly string[]): Promise<unknown[]> {
  return tx.$queryRaw<unknown[]>`select 1 from source where org_id = ${orgId}::uuid and id = any(${[...ids]}::uuid[]) order by id for key share`;
}
