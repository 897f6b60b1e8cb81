import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { exportBatches, readExportBatch, readExportScope } from "@/db/item-export";
import type { Tx } from "@/db/transaction";
import { systemClock } from "@/domain/clock";
import { AppError } from "@/domain/errors";
import { conditionsOfAddress } from "@/domain/item-address";
import { exportContentType, exportFileName, type ItemExportQuery, readExportQuery } from "@/domain/item-export";
import { writeExportFile } from "@/files/export-file";
import { type ApiContext, createContext } from "./context";
import { sharedApiEnvironment } from "./environment";
import { publicMessage, toTrpcError } from "./error-mapping";
import { getActor, getCaller } from "./init";
import { openExportStream } from "./stream-limit";

/**
 * Answers `GET /api/items/export`: every item that matches, as a file that is written while it is read, so that a million take no more
 * memory than two thousand. For people by their session and for programs by an API key that may read. An answer that breaks off (the key
 * was revoked, the database went away) ends without its last chunk, which every client reports.
 */
export async function handleItemExport(request: Request): Promise<Response> {
  const responseHeaders = new Headers({ "cache-control": "no-store" });
  try {
    const ctx = await createContext({ headers: request.headers, responseHeaders });
    const query = readQuery(new URL(request.url).searchParams);
    responseHeaders.set("content-type", exportContentType(query.format));
    responseHeaders.set("content-disposition", `attachment; filename="${exportFileName(query, systemClock.now())}"`);
    return new Response(await openExport(ctx, readerOf(ctx), query, request), { headers: responseHeaders });
  } catch (error) {
    const refusal = toTrpcError(error, sharedApiEnvironment().log);
    return Response.json({ message: publicMessage(refusal) }, { status: getHTTPStatusCodeFromError(refusal), headers: responseHeaders });
  }
}

function readerOf(ctx: ApiContext): ExportReader {
  const caller = getCaller(ctx);
  return { orgId: caller.organizationId, id: "userId" in caller ? caller.userId : caller.id, check: (tx) => getActor(tx, caller, "item.read") };
}

function readQuery(params: URLSearchParams): ItemExportQuery {
  const read = readExportQuery(params);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new AppError("validation", `Nothing was exported. ${where && `${where}: `}${issue?.message ?? "The query cannot be read."}`);
}

/** Who gets an export, and whether they still may have it. */
interface ExportReader {
  orgId: string;
  /** Counted: so many exports are sent to each at the same time. */
  id: string;
  /** @throws AppError when they may not read items (any more). */
  check(tx: Tx): Promise<unknown>;
}

/** The file, read batch by batch as fast as the client takes it; null for who asks for the head alone. The permission is checked for each batch. */
async function openExport(ctx: Pick<ApiContext, "db" | "log">, reader: ExportReader, query: ItemExportQuery, { method, signal }: Request) {
  const { orgId, id, check } = reader;
  const conditions = conditionsOfAddress(query);
  const read = <T>(work: (tx: Tx) => Promise<T>) =>
    ctx.db.withTenant(orgId, async (tx) => {
      await check(tx);
      return work(tx);
    });
  const { upToId, fieldNames } = await read((tx) => readExportScope(tx, orgId, conditions));
  if (method === "HEAD") return null;
  const close = openExportStream(id);
  // Next never reads the body for a client that is gone before it begins.
  signal.addEventListener("abort", close, { once: true });
  if (signal.aborted) close();
  const batches = exportBatches((afterId) => read((tx) => readExportBatch(tx, orgId, conditions, { afterId, upToId, zone: query.zone })));
  return toByteStream(writeExportFile(query, fieldNames, batches), close, (error) => toTrpcError(error, ctx.log));
}

function toByteStream(pieces: AsyncGenerator<Uint8Array, void>, close: () => void, report: (error: unknown) => Error): ReadableStream<Uint8Array> {
  let isCancelled = false;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (isCancelled) return;
        if (!done) return controller.enqueue(value);
        close();
        controller.close();
      } catch (error) {
        close();
        if (!isCancelled) controller.error(report(error));
      }
    },
    async cancel() {
      isCancelled = true;
      close();
      await pieces.return();
    },
  });
}
