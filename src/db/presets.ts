import { AppError } from "@/domain/errors";
import { MOST_SOURCES, type Preset, type PresetDefinition } from "@/domain/preset";
import { presetLoad } from "@/domain/preset-load";
import { isFailing } from "@/domain/source-health";
import type { Prisma } from "@/generated/prisma/client";
import { appendSources, fillPreset } from "./preset-sources";
import { requireSeen, revisionOf } from "./revision";
import type { Tx } from "./transaction";

const withSources = {
  sources: {
    orderBy: { position: "asc" },
    select: {
      enabled: true,
      source: {
        select: {
          ...{ id: true, name: true, kind: true, url: true, config: true },
          ...{ enabled: true, consecutiveFailures: true, quarantinedAt: true, lastSuccessAt: true },
        },
      },
    },
  },
  schedules: { select: { id: true } },
} satisfies Prisma.PresetInclude;

type PresetRow = Prisma.PresetGetPayload<{ include: typeof withSources }>;

function toPreset(row: PresetRow): Preset {
  const sources = row.sources.map(({ source, enabled }) => ({ ...source, enabledHere: enabled }));
  const successes = sources.flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  return {
    id: row.id,
    name: row.name,
    sources: sources.map((source) => ({
      ...{ id: source.id, name: source.name, url: source.url, enabled: source.enabled, enabledHere: source.enabledHere },
      failing: isFailing(source),
    })),
    load: presetLoad(sources.filter(({ enabledHere }) => enabledHere)),
    usedBySchedule: row.schedules.length > 0,
    lastSuccessAt: successes.length > 0 ? new Date(Math.max(...successes.map((at) => at.getTime()))) : null,
    revision: revisionOf(contentOf({ name: row.name, sourceIds: sources.map(({ id }) => id), offSourceIds: offIdsOf(sources) })),
  };
}

/** What a person states, however it is written down. */
function contentOf({ name, sourceIds, offSourceIds = [] }: PresetDefinition): unknown[] {
  const off = new Set(offSourceIds);
  return [name, sourceIds.map((id) => [id, off.has(id)])];
}

function offIdsOf(sources: readonly Pick<Preset["sources"][number], "id" | "enabledHere">[]): string[] {
  return sources.flatMap(({ id, enabledHere }) => (enabledHere ? [] : id));
}

/** The organization's presets by name, with what a run of each asks for. `lastSuccessAt` is the latest success of any of a preset's sources. */
export async function listPresets(tx: Tx, orgId: string): Promise<Preset[]> {
  const rows = await tx.preset.findMany({ where: { orgId }, orderBy: [{ name: "asc" }, { id: "asc" }], include: withSources });
  return rows.map(toPreset);
}

/** @throws AppError `not_found` when the organization has no such preset. */
async function getPreset(tx: Tx, orgId: string, id: string): Promise<Preset> {
  const row = await tx.preset.findUnique({ where: { orgId_id: { orgId, id } }, include: withSources });
  if (!row) throw new AppError("not_found", "This preset no longer exists. Reload the page to see the ones there are.");
  return toPreset(row);
}

/** The names of those of these presets that the organization has. */
export async function findPresetNames(tx: Tx, orgId: string, ids: (string | null | undefined)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => typeof id === "string");
  const presets = await tx.preset.findMany({ where: { orgId, id: { in: wanted } }, select: { id: true, name: true } });
  return new Map(presets.map(({ id, name }) => [id, name]));
}

/** @throws AppError `validation` at `name` when the name is taken, at `sourceIds` when a source is not there. */
export async function createPreset(tx: Tx, orgId: string, definition: PresetDefinition): Promise<Preset> {
  await refuseTakenName(tx, orgId, definition.name, null);
  const { id } = await tx.preset.create({ data: { orgId, name: definition.name }, select: { id: true } });
  await fillPreset(tx, { orgId, presetId: id }, definition);
  return getPreset(tx, orgId, id);
}

/**
 * Gives the preset this name and these sources, in this order. Runs that have begun keep what they began with.
 * @param seen the revision that the change is based on; undefined replaces whatever there is
 * @throws AppError `not_found`, `version_conflict` when something else is stored by now, or `validation` as `createPreset` does.
 */
export async function updatePreset(
  tx: Tx,
  orgId: string,
  id: string,
  stated: PresetDefinition,
  seen: string | undefined,
): Promise<{ preset: Preset; before: Preset }> {
  await lockPreset(tx, orgId, id);
  const before = await getPreset(tx, orgId, id);
  const definition = { ...stated, offSourceIds: stated.offSourceIds ?? offIdsOf(before.sources) };
  // Who did not hear that it was stored, and saves again, has seen it.
  if (revisionOf(contentOf(definition)) !== before.revision) requireSeen(seen, before);
  await refuseTakenName(tx, orgId, definition.name, id);
  await tx.preset.update({ where: { orgId_id: { orgId, id } }, data: { name: definition.name } });
  await tx.presetSource.deleteMany({ where: { orgId, presetId: id } });
  await fillPreset(tx, { orgId, presetId: id }, definition);
  return { preset: await getPreset(tx, orgId, id), before };
}

/**
 * Deletes the preset; its sources stay.
 * @throws AppError `not_found`, or `in_use` when the schedule collects it.
 */
export async function removePreset(tx: Tx, orgId: string, id: string): Promise<Preset> {
  await lockPreset(tx, orgId, id);
  const preset = await getPreset(tx, orgId, id);
  if (preset.usedBySchedule) {
    throw new AppError("in_use", `The schedule collects “${preset.name}”, so it was not deleted. Give the schedule another preset first.`);
  }
  await tx.preset.delete({ where: { orgId_id: { orgId, id } } });
  return preset;
}

/**
 * Puts sources behind those that the preset has; those that it has already stay where they are, and those that are gone are left out.
 * @returns The preset as it is then, and which were added.
 * @throws AppError `not_found`, or `validation` at `sourceIds` when it would hold more than 1,000.
 */
export async function addToPreset(tx: Tx, orgId: string, id: string, sourceIds: readonly string[]): Promise<{ preset: Preset; addedIds: string[] }> {
  await lockPreset(tx, orgId, id);
  const { name, sources } = await getPreset(tx, orgId, id);
  const addedIds = await appendSources(tx, { orgId, presetId: id }, sourceIds);
  const count = sources.length + addedIds.length;
  if (count > MOST_SOURCES) {
    const message = `“${name}” would hold ${count} sources; a preset holds at most ${MOST_SOURCES}. Nothing was added. Choose fewer, or another preset.`;
    throw new AppError("validation", message, { field: "sourceIds" });
  }
  return { preset: await getPreset(tx, orgId, id), addedIds };
}

/** A schedule that begins to use the preset waits until this transaction ends, and so do other edits of it. */
async function lockPreset(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx.$executeRaw`select 1 from preset where org_id = ${orgId}::uuid and id = ${id}::uuid for update`;
}

async function refuseTakenName(tx: Tx, orgId: string, name: string, exceptId: string | null): Promise<void> {
  // Names are taken one at a time: the unique index alone would answer two at once with a fault instead of a sentence.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.preset_name'), hashtext(${orgId}))`;
  const other = await tx.preset.findUnique({ where: { orgId_name: { orgId, name } }, select: { id: true } });
  if (other && other.id !== exceptId) throw new AppError("validation", `There is already a preset “${name}”. Choose another name.`, { field: "name" });
}
