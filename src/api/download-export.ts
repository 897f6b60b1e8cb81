import { z } from "zod";
import { getExport, readChunkBytes, readExportChunk } from "@/db/large-exports";
import { type ByteRange, readByteRange } from "@/domain/byte-range";
import { AppError } from "@/domain/errors";
import { exportContentType } from "@/domain/item-export";
import type { LargeExport } from "@/domain/large-export";
import { LENGTH_HEADER } from "@/domain/length-header";
import { answerFile } from "./answer-file";
import { createContext } from "./context";
import { knowsTag } from "./http-conditions";
import { type ItemReader, readAs, readerOf } from "./item-reader";
import { sendPieces } from "./send-pieces";

/**
 * Answers `GET /api/items/exports/{id}`: a file that a worker wrote. Its length and its checksum (RFC 9530) are in the head, and a reader that was
 * cut off can go on where it was (RFC 9110, section 14).
 */
export function handleExportDownload(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerFile(async (responseHeaders) => {
    const ctx = await createContext({ headers: request.headers, responseHeaders });
    return sendFinishedExport(ctx, readerOf(ctx), (await params).id, request);
  });
}

/** @throws AppError `not_found` when there is no such file (any more). */
export async function sendFinishedExport(ctx: Parameters<typeof readAs>[0], reader: ItemReader, id: string, request: Request): Promise<Response> {
  const file = await findFile(ctx, reader, id);
  const etag = `"${file.sha256}"`;
  if (knowsTag(request.headers, etag)) return new Response(null, { status: 304, headers: { etag } });
  const range = request.method === "GET" && isOf(request.headers, etag) ? readByteRange(request.headers.get("range"), file.bytes) : null;
  if (range === "unsatisfiable") return notInTheFile(file);
  const part = range ?? { from: 0, to: file.bytes - 1 };
  const length = String(part.to + 1 - part.from);
  const headers = {
    "content-type": exportContentType(file.query.format),
    "content-disposition": `attachment; filename="${file.fileName}"`,
    "content-length": length,
    [LENGTH_HEADER]: length,
    "repr-digest": `sha-256=:${Buffer.from(file.sha256, "hex").toString("base64")}:`,
    etag,
    "accept-ranges": "bytes",
    ...(range && { "content-range": `bytes ${range.from}-${range.to}/${file.bytes}` }),
  };
  const pieces = () => piecesOf(ctx, reader, file.id, part);
  return new Response(sendPieces(ctx, { reader, request, pieces }), { status: range ? 206 : 200, headers });
}

type FinishedExport = LargeExport & { sha256: string };

async function findFile(ctx: Parameters<typeof readAs>[0], reader: ItemReader, id: string): Promise<FinishedExport> {
  const known = z.uuid().safeParse(id);
  if (!known.success) throw noFile();
  const { sha256, ...file } = await readAs(ctx, reader, (tx) => getExport(tx, reader.orgId, known.data));
  if (file.status !== "done" || sha256 === null) throw noFile();
  return { ...file, sha256 };
}

/** Only what a reader has the beginning of can be gone on with. */
function isOf(headers: Headers, etag: string): boolean {
  const wanted = headers.get("if-range");
  return wanted === null || wanted === etag;
}

/** Breaks off, and does not end, when the file is deleted meanwhile. */
async function* piecesOf(ctx: Parameters<typeof readAs>[0], reader: ItemReader, id: string, { from, to }: ByteRange): AsyncGenerator<Uint8Array, void> {
  const { orgId } = reader;
  const size = await readAs(ctx, reader, (tx) => readChunkBytes(tx, orgId, id));
  for (let number = Math.floor(from / size); number * size <= to; number++) {
    const chunk = await readAs(ctx, reader, (tx) => readExportChunk(tx, orgId, id, number));
    if (!chunk) throw noFile();
    yield chunk.subarray(Math.max(0, from - number * size), to + 1 - number * size);
  }
}

function notInTheFile({ bytes }: LargeExport): Response {
  const message = `The file has ${bytes.toLocaleString("en-US")} bytes, and what was asked for lies behind them. Fetch it from its beginning.`;
  return Response.json({ message }, { status: 416, headers: { "content-range": `bytes */${bytes}` } });
}

function noFile(): AppError {
  return new AppError("not_found", "There is no such file. It is not written yet, or it was deleted: exported files are kept for 7 days.");
}
