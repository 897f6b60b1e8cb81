import { randomUUID } from "node:crypto";
import { planImport } from "@/domain/import-plan";
import type { ImportResult, SourceImport } from "@/domain/source-import";
import { findUnreadable } from "@/domain/source-syntax";
import { addToPreset, createPreset } from "./presets";
import type { Tx } from "./transaction";

/**
 * Stores the sources of a list that are new, and puts all that the list names into a preset if one is asked for. What cannot be read costs
 * nothing else. Doing it again adds nothing.
 * @throws AppError `not_found` when the preset is gone, `validation` at `name` or `sourceIds` when it cannot be made or filled.
 */
export async function importSources(tx: Tx, orgId: string, { entries, preset: target }: SourceImport): Promise<ImportResult> {
  // One list after the other: what both name is stored once.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.source_import'), hashtext(${orgId}))`;
  const stored = await tx.source.findMany({ where: { orgId }, select: { id: true, name: true, url: true } });
  const { outcomes, add, known } = planImport(entries, stored, findUnreadable);
  const rows = add.map((definition) => ({ id: randomUUID(), orgId, ...definition }));
  await tx.source.createMany({ data: rows });
  const sourceIds = [...known, ...rows].map(({ id }) => id);
  return { outcomes, preset: target && sourceIds.length > 0 ? await fillTarget(tx, orgId, target, sourceIds) : null };
}

async function fillTarget(tx: Tx, orgId: string, target: NonNullable<SourceImport["preset"]>, sourceIds: string[]): Promise<ImportResult["preset"]> {
  const { id } = "id" in target ? target : await createPreset(tx, orgId, { name: target.name, sourceIds: [] });
  const { preset } = await addToPreset(tx, orgId, id, sourceIds);
  return { id: preset.id, name: preset.name };
}
