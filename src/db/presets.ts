import { AppError } from "@/domain/errors";
import type { Preset, PresetDefinition } from "@/domain/preset";
import { presetLoad } from "@/domain/preset-load";
import { isFailing } from "@/domain/source-health";
import type { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

const withSources = {
  sources: {
    orderBy: { position: "asc" },
    select: {
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
  const sources = row.sources.map(({ source }) => source);
  const successes = sources.flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  return {
    id: row.id,
    name: row.name,
    sources: sources.map((source) => ({ id: source.id, name: source.name, url: source.url, enabled: source.enabled, failing: isFailing(source) })),
    load: presetLoad(sources),
    usedBySchedule: row.schedules.length > 0,
    lastSuccessAt: successes.length > 0 ? new Date(Math.max(...successes.map((at) => at.getTime()))) : null,
  };
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
  await fillPreset(tx, orgId, id, definition.sourceIds);
  return getPreset(tx, orgId, id);
}

/**
 * Gives the preset this name and these sources, in this order. Runs that have begun keep what they began with.
 * @throws AppError `not_found`, or `validation` as `createPreset` does.
 */
export async function updatePreset(tx: Tx, orgId: string, id: string, definition: PresetDefinition): Promise<{ preset: Preset; before: Preset }> {
  await lockPreset(tx, orgId, id);
  const before = await getPreset(tx, orgId, id);
  await refuseTakenName(tx, orgId, definition.name, id);
  await tx.preset.update({ where: { orgId_id: { orgId, id } }, data: { name: definition.name } });
  await tx.presetSource.deleteMany({ where: { orgId, presetId: id } });
  await fillPreset(tx, orgId, id, definition.sourceIds);
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

async function fillPreset(tx: Tx, orgId: string, presetId: string, sourceIds: readonly string[]): Promise<void> {
  // Locked, so that none is deleted before this transaction ends.
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from source where org_id = ${orgId}::uuid and id = any(${[...sourceIds]}::uuid[]) for key share`;
  if (found.length < sourceIds.length) {
    throw new AppError("validation", "One of these sources no longer exists. Reload the page and choose again.", { field: "sourceIds" });
  }
  await tx.presetSource.createMany({ data: sourceIds.map((sourceId, position) => ({ orgId, presetId, sourceId, position })) });
}
