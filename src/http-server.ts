import { createServer, type RequestListener, type Server } from "node:http";
import { StartError } from "@/config/start-error";

const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;
/** Event streams never end by themselves; everything else had time until then. */
const CLOSE_STREAMS_AFTER_MS = 1_000;

/**
 * Listens.
 * @throws StartError when the address cannot be had.
 */
export async function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer({ headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, resolve);
  });
  return server;
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
