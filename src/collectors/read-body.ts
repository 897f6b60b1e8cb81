import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, gunzip } from "node:zlib";
import { CollectError } from "./collect-error";

export interface BodyLimits {
  /** Bytes as sent over the network. */
  maxWireBytes: number;
  /** Bytes after decompression. */
  maxDecodedBytes: number;
}

export interface ReadBody {
  body: Uint8Array;
  wireBytes: number;
}

/** What sites write beside or instead of a compression; browsers pass it over. */
const NO_COMPRESSIONS = ["", "identity", "none", "utf-8", "utf8", "iso-8859-1", "binary", "8bit", "7bit", "aws-chunked"];

type Decoder = (firstByte: number) => Transform;

const DECODERS: Record<string, Decoder> = {
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  br: () => createBrotliDecompress(),
  // Servers disagree about what "deflate" is: with the zlib wrapper (RFC 9110) its first byte names method 8, without it it never does.
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()),
};

/**
 * Reads a body to its end, decompressing it here so that the decoded bytes can be counted as they come.
 * Throws CollectError: `too_large` past a limit, `encoding` for stacked, unknown or damaged compression.
 */
export async function readBody(stream: Readable, contentEncoding: string | undefined, limits: BodyLimits, signal: AbortSignal): Promise<ReadBody> {
  const wire = countBytes(limits.maxWireBytes);
  const decoded = collectBytes(limits.maxDecodedBytes);
  try {
    const decoder = chooseDecoder(contentEncoding);
    if (decoder) await pipeline(stream, wire.count, decodeFromFirstByte(decoder), decoded.consume, { signal });
    else await pipeline(stream, wire.count, decoded.consume, { signal });
    return { body: await unpackGzipFile(decoded.body(), limits.maxDecodedBytes), wireBytes: wire.total() };
  } catch (error) {
    stream.on("error", () => undefined).destroy();
    throw readableError(error);
  }
}

function chooseDecoder(contentEncoding: string | undefined): Decoder | undefined {
  const encodings = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const named = encodings.filter((name) => !NO_COMPRESSIONS.includes(name));
  if (named.length === 0) return undefined;
  // One layer, besides that of a file: each layer multiplies what a few bytes can blow up to.
  if (named.length > 1) throw encodingError("The site compressed its answer more than once");
  const decoder = Object.hasOwn(DECODERS, named[0] ?? "") ? DECODERS[named[0] ?? ""] : undefined;
  if (!decoder) throw encodingError("The site compressed its answer in a way that cannot be read");
  return decoder;
}

/** An async step for `pipeline`; it waits for the first byte because "deflate" cannot be told apart without it. */
function decodeFromFirstByte(decoder: Decoder) {
  return async function* decode(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const chunks = source[Symbol.asyncIterator]();
    const first = await chunks.next();
    if (first.done) return;
    const transform = decoder(first.value[0] ?? 0);
    const feeding = pipeline(async function* feed() {
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    }, transform);
    // The error also surfaces in the loop below; unhandled here, it would end the process.
    feeding.catch(() => undefined);
    for await (const chunk of transform) yield chunk;
    await feeding;
  };
}

/** A generator and no stream: it gets all that has come as one piece, where a stream would get a million chunks of one byte each. */
function countBytes(limit: number) {
  let total = 0;
  async function* count(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      total += chunk.length;
      if (total > limit) throw tooLargeError(limit);
      yield chunk;
    }
  }
  return { count, total: () => total };
}

function collectBytes(limit: number) {
  const chunks: Buffer[] = [];
  let total = 0;
  async function consume(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      total += chunk.length;
      if (total > limit) throw tooLargeError(limit);
      chunks.push(chunk);
    }
  }
  return { consume, body: () => Buffer.concat(chunks, total) };
}

/** Some sites serve a .gz file as it is, without saying so in a header, and some compress it once more on its way. */
async function unpackGzipFile(body: Buffer, limit: number): Promise<Uint8Array> {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  return await new Promise((resolve, reject) => {
    gunzip(body, { maxOutputLength: limit }, (error, unpacked) => (error ? reject(readableError(error, limit)) : resolve(unpacked)));
  });
}

function readableError(error: unknown, limit = 0): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_BUFFER_TOO_LARGE") return tooLargeError(limit);
  if (code === "Z_BUF_ERROR") return encodingError("The site's compressed answer is cut off", error);
  if (/^(Z_|ERR__?ERROR|ERR_BROTLI|ERR_PADDING)/.test(code)) return encodingError("The site's compressed answer is damaged", error);
  return error;
}

/** The error for an answer that is larger than `limit` bytes. */
export function tooLargeError(limit: number): CollectError {
  const megabytes = Math.round((limit / 1_048_576) * 10) / 10;
  return new CollectError("too_large", `The answer is larger than ${megabytes} MB. Nothing was collected. Choose an address with less on it.`);
}

function encodingError(what: string, cause?: unknown): CollectError {
  return new CollectError("encoding", `${what}. Nothing was collected. The next run tries again.`, { retryable: true, cause });
}
