import type { Socket } from "node:net";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import type { CollectErrorCode } from "@/collectors/collect-error";

/** An answer by which a site tries to exhaust whoever asks. */
export interface HostileResponse {
  name: string;
  /** Called for each request that comes over the connection. `path` is what was asked for. */
  answer(socket: Socket, path: string): void;
  refusedBy: CollectErrorCode;
}

const MEGABYTE = 1_048_576;
const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const FILLER = Buffer.alloc(65_536, "x");

/** Sends the same bytes for as long as somebody takes them, as fast as they do. */
function flood(socket: Socket, bytes: Buffer | string): void {
  const pump = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on("drain", pump);
  pump();
}

/** Sends something every few milliseconds, so that the connection is never idle. */
function drip(socket: Socket, bytes: Buffer | string, everyMs = 5): void {
  const timer = setInterval(() => socket.write(bytes), everyMs);
  socket.on("close", () => clearInterval(timer));
}

const sends =
  (head: string, body: Buffer | string = ""): HostileResponse["answer"] =>
  (socket) => {
    socket.write(head);
    socket.end(body);
  };
const floods =
  (head: string, bytes: Buffer | string): HostileResponse["answer"] =>
  (socket) => {
    socket.write(head);
    flood(socket, bytes);
  };
const drips =
  (head: string, bytes: Buffer | string): HostileResponse["answer"] =>
  (socket) => {
    socket.write(head);
    drip(socket, bytes);
  };
const compressed = (encoding: string, body: Buffer) => sends(`${OK}Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`, body);

/** Gzip allows several streams one after the other: 100 times 10 MB make a gigabyte of a megabyte. */
function gzipBomb(): Buffer {
  const stream = gzipSync(Buffer.alloc(10 * MEGABYTE));
  return Buffer.concat(Array.from({ length: 100 }, () => stream));
}

function brotliBomb(): Buffer {
  return brotliCompressSync(Buffer.alloc(100 * MEGABYTE), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

function compressionBombs(): HostileResponse[] {
  const bomb = gzipBomb();
  return [
    { name: "a gigabyte in a megabyte of gzip", answer: compressed("gzip", bomb), refusedBy: "too_large" },
    { name: "100 MB in a few bytes of brotli", answer: compressed("br", brotliBomb()), refusedBy: "too_large" },
    { name: "100 MB of deflate", answer: compressed("deflate", deflateSync(Buffer.alloc(100 * MEGABYTE), { level: 1 })), refusedBy: "too_large" },
    { name: "a gigabyte in a gzip file, without a header that says so", answer: compressed("identity", bomb), refusedBy: "too_large" },
    { name: "gzip within gzip", answer: compressed("gzip, gzip", gzipSync(bomb)), refusedBy: "encoding" },
    { name: "1,000 compressions", answer: compressed(Array.from({ length: 1000 }, () => "gzip").join(", "), bomb), refusedBy: "encoding" },
    { name: "gzip streams of nothing, without end", answer: floods(`${OK}Content-Encoding: gzip\r\n\r\n`, emptyStreams()), refusedBy: "too_large" },
    { name: "gzip that drips", answer: dripGzip, refusedBy: "timeout" },
  ];
}

function emptyStreams(): Buffer {
  const stream = gzipSync("");
  return Buffer.concat(Array.from({ length: 3000 }, () => stream));
}

function dripGzip(socket: Socket): void {
  const body = gzipSync(Buffer.alloc(MEGABYTE));
  let sent = 0;
  socket.write(`${OK}Content-Encoding: gzip\r\n\r\n`);
  const timer = setInterval(() => socket.write(body.subarray(sent, ++sent)), 5);
  socket.on("close", () => clearInterval(timer));
}

const BODIES: HostileResponse[] = [
  { name: "a body without end", answer: floods(`${OK}\r\n`, FILLER), refusedBy: "too_large" },
  { name: "chunks without end", answer: floods(CHUNKED, chunk(FILLER.toString())), refusedBy: "too_large" },
  { name: "chunks of one byte without end", answer: floods(CHUNKED, "1\r\nx\r\n".repeat(10_000)), refusedBy: "timeout" },
  { name: "one chunk of 16 exabytes", answer: floods(`${CHUNKED}ffffffffffffff\r\n`, FILLER), refusedBy: "too_large" },
  { name: "a terabyte, announced", answer: floods(`${OK}Content-Length: 1099511627776\r\n\r\n`, FILLER), refusedBy: "too_large" },
  { name: "a body that drips", answer: drips(`${OK}\r\n`, "x"), refusedBy: "timeout" },
  { name: "chunks that drip", answer: drips(CHUNKED, "1\r\nx\r\n"), refusedBy: "timeout" },
  { name: "a chunk extension that drips", answer: drips(`${CHUNKED}1;x=`, "x"), refusedBy: "timeout" },
  { name: "a chunk extension without end", answer: floods(`${CHUNKED}1;x=`, FILLER), refusedBy: "too_large" },
  { name: "trailers without end", answer: floods(`${CHUNKED}0\r\n`, "X-Trailer: x\r\n".repeat(1000)), refusedBy: "too_large" },
  { name: "a body that stops", answer: (socket) => void socket.write(`${OK}Content-Length: 1000\r\n\r\nx`), refusedBy: "timeout" },
  { name: "nothing at all", answer: () => undefined, refusedBy: "timeout" },
];

const HEADS: HostileResponse[] = [
  { name: "headers without end", answer: floods(OK, "X-Header: x\r\n".repeat(1000)), refusedBy: "too_large" },
  { name: "one header without end", answer: floods(`${OK}X-Header: `, FILLER), refusedBy: "too_large" },
  { name: "cookies without end", answer: floods(OK, `Set-Cookie: x=${"x".repeat(4000)}\r\n`), refusedBy: "too_large" },
  { name: "headers that drip", answer: drips(OK, "X-Header: x\r\n"), refusedBy: "timeout" },
  { name: "one header that drips", answer: drips(`${OK}X-Header: `, "x"), refusedBy: "timeout" },
  { name: "a status line without end", answer: floods("HTTP/1.1 200 ", FILLER), refusedBy: "too_large" },
  { name: "early hints without end", answer: floods("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(1000)), refusedBy: "too_large" },
  { name: "noise that is no HTTP", answer: floods("", FILLER), refusedBy: "connect" },
  { name: "another protocol", answer: sends("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"), refusedBy: "connect" },
  { name: "two lengths", answer: sends(`${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`), refusedBy: "connect" },
  { name: "an error page without end", answer: floods("HTTP/1.1 404 Not Found\r\n\r\n", FILLER), refusedBy: "http_status" },
];

const REDIRECTS: HostileResponse[] = [
  { name: "a redirect to itself", answer: redirects((path) => path), refusedBy: "redirect" },
  { name: "redirects to ever new addresses", answer: redirects((path) => `${path}x`), refusedBy: "redirect" },
  { name: "redirects with bodies without end", answer: redirects((path) => `${path}x`, FILLER), refusedBy: "redirect" },
  { name: "redirects that drip", answer: (socket, path) => drip(socket, `HTTP/1.1 302 Found\r\nLocation: ${path}\r\n\r\n`, 120), refusedBy: "timeout" },
];

function redirects(next: (path: string) => string, body?: Buffer): HostileResponse["answer"] {
  return (socket, path) => {
    socket.write(`HTTP/1.1 302 Found\r\nLocation: ${next(path)}\r\n${body ? "" : "Content-Length: 0\r\n"}\r\n`);
    if (body) flood(socket, body);
  };
}

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** All of them; the bombs take a moment to make. */
export function hostileResponses(): HostileResponse[] {
  return [...compressionBombs(), ...BODIES, ...HEADS, ...REDIRECTS];
}
