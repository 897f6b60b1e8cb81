import { createHash } from "node:crypto";
import { createExportWriter, endLine } from "@/domain/export-writer";
import type { ItemExportQuery } from "@/domain/item-export";
import { inPieces } from "./in-pieces";
import { readAhead } from "./read-ahead";
import { writeXlsx } from "./xlsx-file";

/**
 * The file that a query asks for, written while its items are read: memory does not grow with their number. While one batch is written
 * and sent the next is read. Never yields an empty piece.
 */
export function writeExportFile(
  query: ItemExportQuery,
  fieldNames: readonly string[],
  batches: AsyncGenerator<string[], void>,
): AsyncGenerator<Uint8Array, void> {
  const pieces = inPieces(readAhead(batches));
  return query.format === "xlsx" ? writeXlsx(query, fieldNames, pieces) : writeText(query, fieldNames, pieces);
}

async function* writeText(query: ItemExportQuery, fieldNames: readonly string[], pieces: AsyncGenerator<string[], void>): AsyncGenerator<Uint8Array, void> {
  const { start, write, end } = createExportWriter(query, fieldNames);
  const hash = query.end === "1" ? createHash("sha256") : null;
  let items = 0;
  if (start) yield summed(start, hash);
  for await (const lines of pieces) {
    items += lines.length;
    yield summed(write(lines), hash);
  }
  if (end) yield summed(end, hash);
  if (hash) yield Buffer.from(endLine(query, { items, sha256: hash.digest("hex") }));
}

function summed(text: string, hash: ReturnType<typeof createHash> | null): Buffer {
  const bytes = Buffer.from(text);
  hash?.update(bytes);
  return bytes;
}
