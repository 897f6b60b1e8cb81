import type { ApiContext } from "./context";
import { toTrpcError } from "./error-mapping";
import type { ItemReader } from "./item-reader";
import { openExportStream } from "./stream-limit";

interface Sending {
  reader: Pick<ItemReader, "id">;
  request: Request;
  /** Begun when the client reads. None of them is empty: a stream whose pull brought nothing is not pulled again. */
  pieces(): AsyncGenerator<Uint8Array, void>;
}

/**
 * A body that is made as fast as the client takes it; null for who asks for the head alone.
 * @throws AppError `rate_limited` when three are being sent to this reader.
 */
export function sendPieces({ log }: Pick<ApiContext, "log">, { reader, request, pieces }: Sending): ReadableStream<Uint8Array> | null {
  if (request.method === "HEAD") return null;
  const close = openExportStream(reader.id);
  // Next never reads the body for a client that is gone before it begins.
  request.signal.addEventListener("abort", close, { once: true });
  if (request.signal.aborted) close();
  return toByteStream(pieces(), close, (error) => toTrpcError(error, log));
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
