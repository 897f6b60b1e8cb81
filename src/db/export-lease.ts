import type { ItemConditions } from "@/domain/item";
import { type ItemExportQuery, itemExportQuerySchema } from "@/domain/item-export";
import { EXPORT_KEPT_DAYS } from "@/domain/large-export";
import { announce } from "./announce";
import { COUNT_UP_TO } from "./item-count";
import { matchingByIndex } from "./item-filter";
import { dropChunks } from "./large-exports";
import { enqueueExports } from "./queue";
import type { Tx } from "./transaction";

/** A worker that says nothing for so long is gone. Longer than a batch or a piece takes. */
const LEASE = "60 seconds";

/** Proof that this worker writes this file. Every write checks it. */
export interface ExportLease {
  orgId: string;
  exportId: string;
  token: string;
}

/** The export is no longer this worker's: it was cancelled, or somebody else began it anew. No failure. */
export class ExportLostError extends Error {
  constructor(exportId: string) {
    super(`The lease of export ${exportId} is lost.`);
    this.name = "ExportLostError";
  }
}

/**
 * Takes a queued export for this worker, from its beginning: what another one wrote of it is dropped. Null when it is not (or no longer)
 * to be written. Again with the same token changes nothing.
 */
export async function takeExport(tx: Tx, exportId: string, token: string): Promise<{ lease: ExportLease; query: ItemExportQuery } | null> {
  const [taken] = await tx.$queryRaw<{ orgId: string; query: unknown }[]>`
    update item_export set status = 'running', attempt = attempt + case when status = 'queued' then 1 else 0 end, items_done = 0, bytes = 0,
      lease_token = ${token}::uuid, lease_expires_at = clock_timestamp() + ${LEASE}::interval, started_at = coalesce(started_at, clock_timestamp())
    where id = ${exportId}::uuid and (status = 'queued' or (status = 'running' and lease_token = ${token}::uuid))
    returning org_id as "orgId", query`;
  if (!taken) return null;
  await dropChunks(tx, taken.orgId, exportId);
  return { lease: { orgId: taken.orgId, exportId, token }, query: itemExportQuerySchema.parse(taken.query) };
}

/**
 * Counts what will be in the file, for the progress. Where a search finds more than the index of words tells of, nothing is counted: that
 * would go through all items a second time, which can take longer than a transaction may.
 */
export async function countForExport(tx: Tx, { orgId, exportId }: ExportLease, conditions: ItemConditions, upToId: string): Promise<void> {
  const matching = await matchingByIndex(tx, orgId, conditions, COUNT_UP_TO);
  if (!matching) return;
  await tx.$executeRaw`
    update item_export set total = (select count(*) from item i where ${matching} and i.id <= ${upToId}::bigint)
    where org_id = ${orgId}::uuid and id = ${exportId}::uuid`;
}

/**
 * Keeps the lease and notes how many items were read, which can be more than the index of words knew of at first.
 * @throws ExportLostError
 */
export function noteProgress(tx: Tx, lease: ExportLease, itemsDone: number): Promise<void> {
  return keepLease(tx, lease, itemsDone, null);
}

/** A piece of the file. */
interface ExportChunk {
  /** From 0 on. */
  number: number;
  content: Uint8Array<ArrayBuffer>;
  /** Of the file, as far as the end of this piece. */
  bytes: number;
}

/**
 * Keeps a piece of the file, and the lease; notes how many items were read. Again with the same number changes nothing.
 * @throws ExportLostError
 */
export async function saveChunk(tx: Tx, lease: ExportLease, { number, content, bytes }: ExportChunk, itemsDone: number): Promise<void> {
  await keepLease(tx, lease, itemsDone, bytes);
  const { orgId, exportId } = lease;
  await tx.itemExportChunk.upsert({
    where: { orgId_exportId_number: { orgId, exportId, number } },
    create: { orgId, exportId, number, content },
    update: { content },
  });
}

/** @param bytes Null: as many as before. */
async function keepLease(tx: Tx, { orgId, exportId, token }: ExportLease, itemsDone: number, bytes: number | null): Promise<void> {
  const held = await tx.$executeRaw`
    update item_export set items_done = ${itemsDone}, total = case when total < ${itemsDone} then ${itemsDone} else total end,
      bytes = coalesce(${bytes}, bytes), lease_expires_at = clock_timestamp() + ${LEASE}::interval
    where org_id = ${orgId}::uuid and id = ${exportId}::uuid and status = 'running' and lease_token = ${token}::uuid`;
  if (held === 0) throw new ExportLostError(exportId);
}

/**
 * The file is complete: from here on it can be fetched. The one place at which an export is ready: whoever is to be told of it (the
 * notification "export ready") is told in this transaction.
 * @throws ExportLostError, also where it was finished by a try whose answer got lost.
 */
export async function finishExport(tx: Tx, { orgId, exportId, token }: ExportLease, { items, sha256 }: { items: number; sha256: string }): Promise<void> {
  const [finished] = await tx.$queryRaw<{ fileName: string; expiresAt: Date }[]>`
    update item_export set status = 'done', items_done = ${items}, total = ${items}, sha256 = ${sha256}, finished_at = clock_timestamp(),
      expires_at = clock_timestamp() + ${EXPORT_KEPT_DAYS}::int * interval '1 day', lease_token = null, lease_expires_at = null
    where org_id = ${orgId}::uuid and id = ${exportId}::uuid and status = 'running' and lease_token = ${token}::uuid
    returning file_name as "fileName", expires_at as "expiresAt"`;
  if (!finished) throw new ExportLostError(exportId);
  const happening = { kind: "export_ready", exportId, itemCount: items, ...finished } as const;
  await announce(tx, [{ orgId, subject: exportId, happening }]);
}

/** There will be no file, for this reason. Without effect when the lease is lost already. */
export async function failExport(tx: Tx, { orgId, exportId, token }: ExportLease, message: string): Promise<void> {
  const failed = await tx.$executeRaw`
    update item_export set status = 'failed', message = ${message}, bytes = 0, finished_at = clock_timestamp(), lease_token = null, lease_expires_at = null
    where org_id = ${orgId}::uuid and id = ${exportId}::uuid and status = 'running' and lease_token = ${token}::uuid`;
  if (failed > 0) await dropChunks(tx, orgId, exportId);
}

/** Gives an export back because this process is stopping; it does not count as an attempt. Without effect when the lease is lost already. */
export async function handBackExport(tx: Tx, { orgId, exportId, token }: ExportLease): Promise<void> {
  const back = await tx.$executeRaw`
    update item_export set status = 'queued', attempt = attempt - 1, lease_token = null, lease_expires_at = null
    where org_id = ${orgId}::uuid and id = ${exportId}::uuid and status = 'running' and lease_token = ${token}::uuid`;
  if (back > 0) await enqueueExports(tx, [exportId]);
}
