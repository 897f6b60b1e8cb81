import { exportBatches, readExportScope } from "@/db/item-export";
import type { Tx } from "@/db/transaction";
import { systemClock } from "@/domain/clock";
import { pickOfItem } from "@/domain/export-table";
import { conditionsOfAddress } from "@/domain/item-address";
import { exportContentType, exportFileName, type ItemExportQuery, readExportQuery } from "@/domain/item-export";
import { writeExportFile } from "@/files/export-file";
import { answerFile } from "./answer-file";
import { createContext } from "./context";
import { type ItemReader, readAs, readerOf } from "./item-reader";
import { sendPieces } from "./send-pieces";

/**
 * Answers `GET /api/items/export`: every item that matches, as a file that is written while it is read, so that a million take no more
 * memory than a thousand. For people by their session and for programs by an API key that may read. An answer that breaks off (the key
 * was revoked, the database went away) ends without its last chunk, which every client reports.
 */
export function handleItemExport(request: Request): Promise<Response> {
  return answerFile(async (responseHeaders) => {
    const ctx = await createContext({ headers: request.headers, responseHeaders });
    const query = readExportQuery(new URL(request.url).searchParams);
    return sendExport(ctx, readerOf(ctx), query, request);
  });
}

/** The file, read batch by batch as fast as the client takes it; without a body for who asks for the head alone. The permission is checked for each batch. */
export async function sendExport(ctx: Parameters<typeof readAs>[0], reader: ItemReader, query: ItemExportQuery, request: Request): Promise<Response> {
  const { orgId } = reader;
  const conditions = conditionsOfAddress(query);
  const begin = <T>(work: (tx: Tx) => Promise<T>) => readAs(ctx, reader, work);
  const { upToId, fieldNames } = await begin((tx) => readExportScope(tx, orgId, conditions));
  const batches = exportBatches({ readLines: ctx.db.readLines, orgId, conditions, upToId, zone: query.zone, pick: pickOfItem(query, fieldNames), begin });
  const headers = {
    "content-type": exportContentType(query.format),
    "content-disposition": `attachment; filename="${exportFileName(query, systemClock.now())}"`,
  };
  return new Response(sendPieces(ctx, { reader, request, pieces: () => writeExportFile(query, fieldNames, batches) }), { headers });
}
