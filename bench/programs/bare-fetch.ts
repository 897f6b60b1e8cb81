import { Agent } from "undici";
import { hear, say } from "../child";

/** What no collector can undercut: the same addresses are fetched, so many at a time, and their bodies read. */
const { port, feeds, parallel } = await hear<{ port: number; feeds: number; parallel: number }>();
const agent = new Agent({ pipelining: 1 });
const origin = `http://127.0.0.1:${port}`;
const tags = new Map<number, string>();

async function fetchFeed(nth: number): Promise<number> {
  const known = tags.get(nth);
  const { statusCode, headers, body } = await agent.request({ origin, path: `/${nth}`, method: "GET", headers: known ? { "if-none-match": known } : {} });
  await body.arrayBuffer();
  if (typeof headers.etag === "string") tags.set(nth, headers.etag);
  return statusCode;
}

async function fetchAll(): Promise<{ tookMs: number; unchanged: number }> {
  const startedMs = performance.now();
  let [next, unchanged] = [0, 0];
  const lane = async () => {
    while (next < feeds) if ((await fetchFeed(next++)) === 304) unchanged += 1;
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  return { tookMs: performance.now() - startedMs, unchanged };
}

say({ ready: true });
for (;;) {
  await hear();
  say({ fetched: await fetchAll() });
}
