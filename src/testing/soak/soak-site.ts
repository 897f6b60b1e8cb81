import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { pickNumber, type Random } from "@/testing/faults/seed";
import { type LocalSite, startLocalSite } from "@/testing/local-site";

/** What a source says changes this often, each source at its own moment; in between the site answers that nothing has. */
const CHANGE_MS = 150_000;

/** The items that the source of this number has, from the first collection to the last. */
export function keysOf(source: number): string[] {
  return Array.from({ length: 5 + (source % 26) }, (_, index) => `item-${source}-${index}`);
}

/** A slow and moody site: answers take up to some seconds, and one in twelve is an error or a connection that breaks. */
export function startSoakSite(random: Random): Promise<LocalSite> {
  return startLocalSite((request, response) => void answer(random, request, response).catch(() => response.destroy()));
}

async function answer(random: Random, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, kind = "", source = "0"] = (request.url ?? "").split("/");
  const mood = random();
  await sleep(pickNumber(random, 50, mood > 0.9 ? 6_000 : 1_800));
  if (mood < 0.02) return void response.destroy();
  if (mood < 0.05) return void response.writeHead(500).end("It broke.");
  if (mood < 0.08) return void response.writeHead(503, { "retry-after": "1" }).end("Come again.");
  const version = Math.floor((Date.now() + Number(source) * 997) / CHANGE_MS);
  const etag = `"${source}-${version}"`;
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
  const { type, body } = kind === "json" ? renderJson(Number(source), version) : renderFeed(Number(source), version);
  response.writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(body), etag }).end(body);
}

/** Every third item changes with the version. */
function titleOf(key: string, index: number, version: number): string {
  return `Title of ${key}${index % 3 === 0 ? `, version ${version}` : ""}`;
}

function renderFeed(source: number, version: number) {
  const items = keysOf(source).map((key, index) => `<item><guid isPermaLink="false">${key}</guid><title>${titleOf(key, index, version)}</title></item>`);
  const body = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Source ${source}</title>${items.join("")}</channel></rss>`;
  return { type: "application/rss+xml; charset=utf-8", body };
}

function renderJson(source: number, version: number) {
  const items = keysOf(source).map((key, index) => ({ id: key, title: titleOf(key, index, version), price: index * 3 }));
  return { type: "application/json", body: JSON.stringify({ items }) };
}
