import { createHash, randomUUID } from "node:crypto";
import {
  countForExport,
  type ExportLease,
  ExportLostError,
  failExport,
  finishExport,
  handBackExport,
  noteProgress,
  saveChunk,
  takeExport,
} from "@/db/export-lease";
import { type ExportReading, exportBatches, readExportScope } from "@/db/item-export";
import type { Tx } from "@/db/transaction";
import { AppError, isAppError } from "@/domain/errors";
import { pickOfItem } from "@/domain/export-table";
import { conditionsOfAddress } from "@/domain/item-address";
import type { ItemExportQuery } from "@/domain/item-export";
import { LARGEST_EXPORT_BYTES } from "@/domain/large-export";
import { writeExportFile } from "@/files/export-file";
import { inChunks } from "@/files/in-chunks";
import { patiently, type TransactDeps, transact } from "./transact";

const CHUNK_BYTES = 1_048_576;

interface WriteOptions {
  /** Aborted: the export is handed back to the queue. */
  signal: AbortSignal;
  chunkBytes?: number;
  largestBytes?: number;
}

/**
 * Writes the file of a large export into the database, piece by piece, and finishes it: a complete file, or none and the reason why. Does
 * nothing when it was cancelled or is somebody else's.
 */
export async function writeExport(deps: TransactDeps, exportId: string, options: WriteOptions): Promise<void> {
  const token = randomUUID();
  const taken = await transact(deps, (tx) => takeExport(tx, exportId, token));
  if (!taken) return;
  const { lease, query } = taken;
  const progress = { items: 0 };
  try {
    await write(deps, { lease, query, progress }, options);
  } catch (error) {
    if (error instanceof ExportLostError) return;
    if (options.signal.aborted) return transact(deps, (tx) => handBackExport(tx, lease));
    if (!isAppError(error)) deps.log.error({ err: error, exportId }, "an export failed in a way it should not");
    await transact(deps, (tx) => failExport(tx, lease, reasonOf(error, progress.items)));
  }
}

function reasonOf(error: unknown, items: number): string {
  const why = isAppError(error) ? error.message : "Milkrun could not write this file because of an error of its own. The server's log has the details.";
  return `${why} It ended after ${items.toLocaleString("en-US")} items, and there is no file.`;
}

interface Writing {
  lease: ExportLease;
  query: ItemExportQuery;
  /** Items that were read. */
  progress: { items: number };
}

async function write(deps: TransactDeps, { lease, query, progress }: Writing, options: WriteOptions): Promise<void> {
  const { orgId } = lease;
  const conditions = conditionsOfAddress(query);
  const scope = await transact(deps, async (tx) => {
    const found = await readExportScope(tx, orgId, conditions);
    await countForExport(tx, lease, conditions, found.upToId);
    return found;
  });
  const begin = <T>(work: (tx: Tx) => Promise<T>) => {
    options.signal.throwIfAborted();
    return transact(deps, async (tx) => {
      await noteProgress(tx, lease, progress.items);
      return work(tx);
    });
  };
  const { upToId, fieldNames } = scope;
  const reading: ExportReading = {
    readLines: (scope, lines) => patiently(deps, () => deps.db.readLines(scope, lines)),
    orgId,
    conditions,
    upToId,
    zone: query.zone,
    pick: pickOfItem(query, fieldNames),
    begin,
  };
  const sha256 = await saveAll(deps, { lease, progress }, writeExportFile(query, fieldNames, counted(exportBatches(reading), progress)), options);
  await transact(deps, (tx) => finishExport(tx, lease, { items: progress.items, sha256 }));
}

async function* counted(batches: AsyncGenerator<string[], void>, progress: Writing["progress"]): AsyncGenerator<string[], void> {
  for await (const batch of batches) {
    progress.items += batch.length;
    yield batch;
  }
}

/** Returns the SHA-256 of the whole, in hex. */
async function saveAll(
  deps: TransactDeps,
  { lease, progress }: Pick<Writing, "lease" | "progress">,
  pieces: AsyncGenerator<Uint8Array, void>,
  options: WriteOptions,
): Promise<string> {
  const { chunkBytes = CHUNK_BYTES, largestBytes = LARGEST_EXPORT_BYTES } = options;
  const hash = createHash("sha256");
  let [number, bytes] = [0, 0];
  for await (const chunk of inChunks(pieces, chunkBytes)) {
    hash.update(chunk);
    bytes += chunk.length;
    if (bytes > largestBytes) {
      throw new AppError(
        "validation",
        `The file became larger than ${Math.round(largestBytes / 2 ** 20).toLocaleString("en-US")} MB. Filter the items to fewer, or choose fewer columns.`,
      );
    }
    const saved = { number: number++, content: chunk, bytes };
    await transact(deps, (tx) => saveChunk(tx, lease, saved, progress.items));
  }
  return hash.digest("hex");
}
