import { AppError } from "@/domain/errors";
import { type ItemExportQuery, itemExportQuerySchema } from "@/domain/item-export";
import { isGoing, type LargeExport, MOST_EXPORTS_GOING, MOST_KEPT_BYTES } from "@/domain/large-export";
import type { ItemExport as Row } from "@/generated/prisma/client";
import { findActorNames } from "./actor-names";
import { enqueueExports } from "./queue";
import type { Tx } from "./transaction";

const MOST_LISTED = 20;

/** The organization's exports, the newest first, 20 at most. */
export async function listExports(tx: Tx, orgId: string): Promise<LargeExport[]> {
  const rows = await tx.itemExport.findMany({ where: { orgId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: MOST_LISTED });
  return toExports(tx, rows);
}

interface NewExport {
  query: ItemExportQuery;
  fileName: string;
  createdById: string;
}

/**
 * Has a worker write this file.
 * @throws AppError `rate_limited` when two are in the making, `validation` when the organization's files take more than 2 GB.
 */
export async function startExport(tx: Tx, orgId: string, { query, fileName, createdById }: NewExport): Promise<LargeExport> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.item_export'), hashtext(${orgId}))`;
  const [kept] = await tx.$queryRaw<[{ going: number; bytes: number }]>`
    select count(*) filter (where status in ('queued', 'running'))::int as going, coalesce(sum(bytes), 0)::float8 as bytes
    from item_export where org_id = ${orgId}::uuid`;
  if (kept.going >= MOST_EXPORTS_GOING) {
    throw new AppError(
      "rate_limited",
      `${MOST_EXPORTS_GOING} exports are being written already, so this one was not started. Wait for one to end, or cancel it.`,
    );
  }
  if (kept.bytes >= MOST_KEPT_BYTES) {
    throw new AppError("validation", "The exported files take 2 GB already, so no other one was started. Delete one that nobody needs any more.");
  }
  const [row] = await tx.$queryRaw<[{ id: string }]>`
    insert into item_export (id, org_id, query, file_name, created_by_id, created_at)
    values (gen_random_uuid(), ${orgId}::uuid, ${JSON.stringify(query)}::jsonb, ${fileName}, ${createdById}::uuid, clock_timestamp()) returning id::text`;
  await enqueueExports(tx, [row.id]);
  return getExport(tx, orgId, row.id);
}

/**
 * Stops a worker at its next piece; nothing is kept of the file. Does nothing for one that has ended.
 * @throws AppError `not_found`
 */
export async function cancelExport(tx: Tx, orgId: string, id: string): Promise<{ export: LargeExport; cancelled: boolean }> {
  const count = await tx.$executeRaw`
    update item_export set status = 'cancelled', finished_at = clock_timestamp(), lease_token = null, lease_expires_at = null, bytes = 0
    where org_id = ${orgId}::uuid and id = ${id}::uuid and status in ('queued', 'running')`;
  if (count > 0) await dropChunks(tx, orgId, id);
  return { export: await getExport(tx, orgId, id), cancelled: count > 0 };
}

/**
 * Deletes one that has ended, with its file.
 * @throws AppError `not_found`; `in_use` while it is being written.
 */
export async function removeExport(tx: Tx, orgId: string, id: string): Promise<LargeExport> {
  const removed = await getExport(tx, orgId, id);
  if (isGoing(removed)) throw new AppError("in_use", "This export is still being written, so it was not deleted. Cancel it first.");
  await tx.itemExport.delete({ where: { orgId_id: { orgId, id } } });
  return removed;
}

/** @throws AppError `not_found` when the organization has no such export (any more). */
export async function getExport(tx: Tx, orgId: string, id: string): Promise<LargeExport> {
  const row = await tx.itemExport.findUnique({ where: { orgId_id: { orgId, id } } });
  const [found] = await toExports(tx, row ? [row] : []);
  if (!found) throw new AppError("not_found", "There is no such export (any more). Reload the page to see the ones there are.");
  return found;
}

/** A piece of a file that is done; null after the last. */
export async function readExportChunk(tx: Tx, orgId: string, exportId: string, number: number): Promise<Uint8Array | null> {
  const chunk = await tx.itemExportChunk.findUnique({ where: { orgId_exportId_number: { orgId, exportId, number } }, select: { content: true } });
  return chunk?.content ?? null;
}

/** How large each piece of a file is, except for the last; 1 when there is none. */
export async function readChunkBytes(tx: Tx, orgId: string, exportId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ bytes: number }[]>`
    select octet_length(content) as bytes from item_export_chunk where org_id = ${orgId}::uuid and export_id = ${exportId}::uuid and number = 0`;
  return rows[0]?.bytes ?? 1;
}

export async function dropChunks(tx: Tx, orgId: string, exportId: string): Promise<void> {
  await tx.$executeRaw`delete from item_export_chunk where org_id = ${orgId}::uuid and export_id = ${exportId}::uuid`;
}

async function toExports(tx: Tx, rows: readonly Row[]): Promise<LargeExport[]> {
  const nameOf = await findActorNames(
    tx,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map(({ id, status, query, fileName, createdById, createdAt, finishedAt, expiresAt, total, itemsDone, bytes, sha256, message }) => ({
    ...{ id, status, fileName, createdAt, finishedAt, expiresAt, total, itemsDone, sha256, message },
    query: itemExportQuerySchema.parse(query),
    bytes: Number(bytes),
    createdByName: nameOf.get(createdById) ?? "A former member",
  }));
}
