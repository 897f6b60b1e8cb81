import { z } from "zod";
import { getExport, readExportChunk } from "@/db/large-exports";
import { AppError } from "@/domain/errors";
import { exportContentType } from "@/domain/item-export";
import { answerFile } from "./answer-file";
import { createContext } from "./context";
import { type ItemReader, readAs, readerOf } from "./item-reader";
import { sendPieces } from "./send-pieces";

/** Answers `GET /api/items/exports/{id}`: a file that a worker wrote. Its length and its checksum (RFC 9530) are in the head. */
export function handleExportDownload(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerFile(async (responseHeaders) => {
    const ctx = await createContext({ headers: request.headers, responseHeaders });
    return sendFinishedExport(ctx, readerOf(ctx), (await params).id, request);
  });
}

/** @throws AppError `not_found` when there is no such file (any more). */
export async function sendFinishedExport(ctx: Parameters<typeof readAs>[0], reader: ItemReader, id: string, request: Request): Promise<Response> {
  const known = z.uuid().safeParse(id);
  if (!known.success) throw noFile();
  const file = await readAs(ctx, reader, (tx) => getExport(tx, reader.orgId, known.data));
  if (file.status !== "done" || file.sha256 === null) throw noFile();
  async function* pieces() {
    for (let number = 0; ; number++) {
      const chunk = await readAs(ctx, reader, (tx) => readExportChunk(tx, reader.orgId, file.id, number));
      if (!chunk) return;
      yield chunk;
    }
  }
  const headers = {
    "content-type": exportContentType(file.query.format),
    "content-disposition": `attachment; filename="${file.fileName}"`,
    // A reader that gets fewer bytes knows, also of a file that is deleted while it is sent.
    "content-length": String(file.bytes),
    "repr-digest": `sha-256=:${Buffer.from(file.sha256, "hex").toString("base64")}:`,
  };
  return new Response(sendPieces(ctx, { reader, request, pieces }), { headers });
}

function noFile(): AppError {
  return new AppError("not_found", "There is no such file. It is not written yet, or it was deleted: exported files are kept for 7 days.");
}
