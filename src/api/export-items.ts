import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type ExportBatch, type ExportScope, readExportBatch, readExportScope } from "@/db/item-export";
import { systemClock } from "@/domain/clock";
import { AppError } from "@/domain/errors";
import type { ItemConditions } from "@/domain/item";
import { conditionsOfAddress } from "@/domain/item-address";
import { createExportWriter, type ExportWriter, exportContentType, exportFileName, type ItemExportQuery, itemExportQuerySchema } from "@/domain/item-export";
import { type ApiContext, createContext } from "./context";
import { sharedApiEnvironment } from "./environment";
import { publicMessage, toTrpcError } from "./error-mapping";
import { type Caller, getActor, getCaller } from "./init";
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
    return new Response(await openExport(ctx, query, request), { headers: responseHeaders });
  } catch (error) {
    const refusal = toTrpcError(error, sharedApiEnvironment().log);
    return Response.json({ message: publicMessage(refusal) }, { status: getHTTPStatusCodeFromError(refusal), headers: responseHeaders });
  }
}

function readQuery(params: URLSearchParams): ItemExportQuery {
  const read = itemExportQuerySchema.safeParse(Object.fromEntries(params));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new AppError("validation", `Nothing was exported. ${where && `${where}: `}${issue?.message ?? "The query cannot be read."}`);
}

/** The file, read batch by batch as fast as the client takes it; null for who asks for the head alone. The permission is checked for each batch. */
async function openExport(ctx: ApiContext, query: ItemExportQuery, { method, signal }: Request): Promise<ReadableStream<Uint8Array> | null> {
  const caller = getCaller(ctx);
  const match = conditionsOfAddress(query);
  const scope = await ctx.db.withTenant(caller.organizationId, async (tx) => {
    await getActor(tx, caller, "item.read");
    return readExportScope(tx, caller.organizationId, match);
  });
  if (method === "HEAD") return null;
  const close = openExportStream("userId" in caller ? caller.userId : caller.id);
  // Next never reads the body for a client that is gone before it begins.
  signal.addEventListener("abort", close, { once: true });
  if (signal.aborted) close();
  const texts = exportTexts(createExportWriter(query, scope.fieldNames), (afterId) => readBatch(ctx, caller, match, scope, afterId));
  return toByteStream(texts, close, (error) => toTrpcError(error, ctx.log));
}

type ReadBatch = (afterId: string) => Promise<ExportBatch>;

function readBatch({ db }: ApiContext, caller: Caller, match: ItemConditions, { upToId }: ExportScope, afterId: string): Promise<ExportBatch> {
  return db.withTenant(caller.organizationId, async (tx) => {
    await getActor(tx, caller, "item.read");
    return readExportBatch(tx, caller.organizationId, match, { afterId, upToId });
  });
}

/** Never yields an empty text: a stream whose pull brought nothing is not pulled again. */
async function* exportTexts(writer: ExportWriter, read: ReadBatch): AsyncGenerator<string, void> {
  if (writer.start) yield writer.start;
  let afterId: string | null = "0";
  while (afterId !== null) {
    const { items, lastId }: ExportBatch = await read(afterId);
    const text = writer.write(items);
    if (text) yield text;
    afterId = lastId;
  }
  if (writer.end) yield writer.end;
}

function toByteStream(texts: AsyncGenerator<string, void>, close: () => void, report: (error: unknown) => Error): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isCancelled = false;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await texts.next();
        if (isCancelled) return;
        if (!done) return controller.enqueue(encoder.encode(value));
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
      await texts.return();
    },
  });
}
