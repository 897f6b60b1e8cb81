import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type pg from "pg";
import pino from "pino";
import { shareApiEnvironment } from "@/api/environment";
import { handleItemExport } from "@/api/export-items";
import { handleApiRequest } from "@/api/handle-request";
import { createAuth, shareAuth } from "@/auth/auth";
import { createDatabase, shareDatabase } from "@/db/client";
import { hear, say } from "../child";

const BASE_URL = "http://127.0.0.1";
const POOL = 10;

/** The part of a web process that answers programs, without Next around it: exports, and what tRPC is asked for meanwhile. */
const { connection } = await hear<{ connection: pg.ClientConfig }>();
const log = pino({ level: "warn" }, pino.destination(2));
const db = createDatabase(connection, { poolSize: POOL, log });
shareDatabase(db);
shareAuth(createAuth({ db, secret: "a secret of at least 32 characters, for a bench", baseUrl: BASE_URL, log }));
const runRetention = { days: 90, count: 10_000 };
const settings = { baseUrl: BASE_URL, version: "0.0.0", runLimitMs: 900_000, minimumSpacingMs: 60_000, runRetention };
shareApiEnvironment({ log, settings, mailer: null });

const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
});

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? "/", BASE_URL);
  const headers = { authorization: incoming.headers.authorization ?? "", "x-forwarded-for": "127.0.0.1" };
  const response = await (url.pathname === "/api/items/export" ? handleItemExport : handleApiRequest)(new Request(url, { headers }));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void outgoing.end();
  await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
}

server.listen(0, "127.0.0.1", () => {
  globalThis.gc?.();
  say({ port: (server.address() as AddressInfo).port });
});
