import { AppError } from "@/domain/errors";
import { itemConditionsSchema } from "@/domain/item";
import { MOST_SAVED_VIEWS, type SavedView, type SavedViewChange, type SavedViewDefinition } from "@/domain/saved-view";
import type { SavedView as SavedViewRow } from "@/generated/prisma/client";
import { findActorNames } from "./actor-names";
import type { Tx } from "./transaction";

async function toSavedViews(tx: Tx, rows: readonly SavedViewRow[]): Promise<SavedView[]> {
  const nameOf = await findActorNames(
    tx,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map(({ id, name, filter, createdById, createdAt, updatedAt }) => ({
    ...{ id, name, createdAt, updatedAt },
    filter: itemConditionsSchema.parse(filter),
    createdByName: nameOf.get(createdById ?? "") ?? null,
  }));
}

/** The organization's views by name. */
export async function listSavedViews(tx: Tx, orgId: string): Promise<SavedView[]> {
  return toSavedViews(tx, await tx.savedView.findMany({ where: { orgId }, orderBy: [{ name: "asc" }, { id: "asc" }] }));
}

/** Null when the organization has no such view. */
export async function findSavedView(tx: Tx, orgId: string, id: string): Promise<SavedView | null> {
  const row = await tx.savedView.findUnique({ where: { orgId_id: { orgId, id } } });
  const [view] = await toSavedViews(tx, row ? [row] : []);
  return view ?? null;
}

/** @throws AppError `not_found` when the organization has no such view. */
async function getSavedView(tx: Tx, orgId: string, id: string): Promise<SavedView> {
  const view = await findSavedView(tx, orgId, id);
  if (!view) throw new AppError("not_found", "This view no longer exists. Reload the page to see the ones there are.");
  return view;
}

/** @throws AppError `validation` at `name` when the name is taken, or when there are 100 views already. */
export async function createSavedView(tx: Tx, orgId: string, { name, filter }: SavedViewDefinition, createdById: string): Promise<SavedView> {
  await lockNames(tx, orgId);
  await refuseTakenName(tx, orgId, name, null);
  if ((await tx.savedView.count({ where: { orgId } })) >= MOST_SAVED_VIEWS) {
    throw new AppError("validation", `There are ${MOST_SAVED_VIEWS} views already. Delete one that nobody needs first.`, { field: "name" });
  }
  const { id } = await tx.savedView.create({ data: { orgId, name, filter, createdById }, select: { id: true } });
  return getSavedView(tx, orgId, id);
}

/**
 * Gives a view another name, another filter or both; the last one to save wins.
 * @throws AppError `not_found`, or `validation` at `name` when the name is taken.
 */
export async function updateSavedView(tx: Tx, orgId: string, id: string, { name, filter }: SavedViewChange): Promise<{ view: SavedView; before: SavedView }> {
  await lockNames(tx, orgId);
  const before = await getSavedView(tx, orgId, id);
  if (name !== undefined) await refuseTakenName(tx, orgId, name, id);
  await tx.savedView.update({ where: { orgId_id: { orgId, id } }, data: { ...(name !== undefined && { name }), ...(filter && { filter }) } });
  return { view: await getSavedView(tx, orgId, id), before };
}

/**
 * Deletes the view; the items stay. Returns what it was.
 * @throws AppError `not_found`.
 */
export async function removeSavedView(tx: Tx, orgId: string, id: string): Promise<SavedView> {
  await lockNames(tx, orgId);
  const view = await getSavedView(tx, orgId, id);
  await tx.savedView.delete({ where: { orgId_id: { orgId, id } } });
  return view;
}

/** An organization's views change one at a time: the unique index alone would answer two equal names at once with a fault instead of a sentence. */
async function lockNames(tx: Tx, orgId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.saved_view'), hashtext(${orgId}))`;
}

async function refuseTakenName(tx: Tx, orgId: string, name: string, exceptId: string | null): Promise<void> {
  const other = await tx.savedView.findUnique({ where: { orgId_name: { orgId, name } }, select: { id: true } });
  if (other && other.id !== exceptId) throw new AppError("validation", `There is already a view “${name}”. Choose another name.`, { field: "name" });
}
