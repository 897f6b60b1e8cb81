import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hear, say } from "../child";

/** A site of feeds: `/7` is the seventh. Its items are the same for ever; what they say is another in each round. */
const { items } = await hear<{ items: number }>();
let round = 0;

function feedOf(path: string): string {
  const entries = Array.from({ length: items }, (_, nth) => {
    const address = `https://example.org${path}/${nth}`;
    const text = `What stands in the feed ${path} in round ${round} about its item ${nth}, with about as many words as such a summary has. `.repeat(3);
    return `<item><guid>${address}</guid><link>${address}</link><title>Item ${nth} of ${path}, round ${round}</title><pubDate>Fri, 27 Nov 2026 07:00:00 GMT</pubDate><description>${text}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${path}</title>${entries.join("")}</channel></rss>`;
}

/** Each feed of a round is made once: what a site needs to make it is not what is measured. */
const made = new Map<string, string>();

const server = createServer((request, response) => {
  const path = request.url ?? "/";
  const etag = `"${round}"`;
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
  const body = made.get(path) ?? feedOf(path);
  made.set(path, body);
  response.writeHead(200, { etag, "content-type": "application/rss+xml" }).end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => say({ port: (server.address() as AddressInfo).port }));

for (;;) {
  await hear();
  round += 1;
  made.clear();
  say({ round });
}
