import { createServer, type RequestListener, type Server } from "node:http";
import { StartError } from "@/config/start-error";
import type { Logger } from "@/log/logger";
import { readDescriptorLimit } from "./descriptors";

const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;
/** How often it is looked who is past these. */
const CHECK_MS = 5_000;
/** Event streams never end by themselves; everything else had time until then. */
const CLOSE_STREAMS_AFTER_MS = 1_000;
const MOST_CONNECTIONS = 10_000;
/** Refusals come in swarms: one line tells of all within this time. */
const TELL_AGAIN_MS = 60_000;

/**
 * How many connections a server may have open: half of the descriptors, so that the other half is left for the database, the sources
 * that are being fetched and files. Beyond it a connection is closed at once.
 */
export function connectionLimit(descriptorLimit: number | null): number {
  return Math.min(MOST_CONNECTIONS, Math.floor((descriptorLimit ?? MOST_CONNECTIONS * 2) / 2));
}

/**
 * Listens, to as many at once as the process can bear. Later errors, as when no descriptor is left for a connection, are logged and
 * cost that connection only.
 * @throws StartError when the address cannot be had.
 */
export async function listen(listener: RequestListener, port: number, host: string, log?: Logger): Promise<Server> {
  const server = createServer({ headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS, connectionsCheckingInterval: CHECK_MS }, listener);
  server.maxConnections = connectionLimit(readDescriptorLimit());
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, resolve);
  });
  const tell = seldom((reason) => log?.warn({ reason, maxConnections: server.maxConnections }, "connections were refused"));
  server.on("error", (error) => tell(error.message));
  server.on("drop", () => tell("as many are open as may be"));
  return server;
}

function seldom(tell: (reason: string) => void): (reason: string) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (reason) => {
    if (performance.now() - toldAt < TELL_AGAIN_MS) return;
    toldAt = performance.now();
    tell(reason);
  };
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is already in use: stop the program that uses it, or set PORT to another one.`,
    EACCES: `This user may not listen on port ${port}: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: correct HOST, or leave it out.`,
    ENOTFOUND: `${host} is not an address of this machine: correct HOST, or leave it out.`,
  };
  const sentence = sentences[error.code ?? ""];
  return sentence ? new StartError(sentence, { cause: error }) : error;
}

/** Takes no new connections, lets requests finish, then cuts the streams. */
export function closeServer(server: Server): Promise<void> {
  setTimeout(() => server.closeAllConnections(), CLOSE_STREAMS_AFTER_MS).unref();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
