import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { systemClock } from "@/domain/clock";
import { createRequestGuard } from "@/request-guard";
import { silentLog } from "@/testing/silent-log";
import { mayReadMetrics } from "./access";
import { createMetrics } from "./metrics";

const TOKEN = "a-token-of-sixteen-or-more";
const LOCAL = { Host: "localhost:3000" };

const from = (remoteAddress: string | undefined, headers: Record<string, string>) => ({
  rawHeaders: Object.entries(headers).flat(),
  socket: { remoteAddress },
});

describe("without a token", () => {
  it.each([
    ["127.0.0.1", { Host: "127.0.0.1:3000" }],
    ["127.8.9.1", { Host: "127.8.9.1" }],
    ["::1", { Host: "[::1]:3000" }],
    ["::ffff:127.0.0.1", { host: "LOCALHOST:3000" }],
  ])("this machine may read: %s, %j", (address, headers) => {
    expect(mayReadMetrics(from(address, headers), undefined)).toBe(true);
  });

  it.each(["192.168.1.9", "10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "0.0.0.0", "::ffff:7f00:1.example", "", undefined])(
    "another one may not: %s",
    (address) => {
      expect(mayReadMetrics(from(address, LOCAL), undefined)).toBe(false);
    },
  );

  it.each<Record<string, string>>([
    { "X-Forwarded-For": "203.0.113.9" },
    { forwarded: "for=203.0.113.9" },
    { "X-Forwarded-Proto": "https" },
    { "X-Real-IP": "203.0.113.9" },
    { Via: "1.1 proxy" },
  ])("a proxy on this machine may not, as it passes on what everybody asks: %j", (headers) => {
    expect(mayReadMetrics(from("127.0.0.1", { ...LOCAL, ...headers }), undefined)).toBe(false);
  });

  it.each(["milkrun.example.org", "localhost.example.org", "127.0.0.1.nip.io", "", "[::2]:3000"])("what was meant for another host may not: %j", (host) => {
    expect(mayReadMetrics(from("127.0.0.1", { Host: host }), undefined)).toBe(false);
  });

  it("a token that is sent anyway opens nothing", () => {
    expect(mayReadMetrics(from("192.168.1.9", { ...LOCAL, Authorization: `Bearer ${TOKEN}` }), undefined)).toBe(false);
    expect(mayReadMetrics(from("192.168.1.9", { ...LOCAL, Authorization: "Bearer undefined" }), undefined)).toBe(false);
  });
});

describe("with a token", () => {
  it("whoever sends it may read, from wherever and through a proxy", () => {
    const headers = { Host: "milkrun.example.org", "X-Forwarded-For": "203.0.113.9", authorization: `Bearer ${TOKEN}` };
    expect(mayReadMetrics(from("192.168.1.9", headers), TOKEN)).toBe(true);
  });

  it.each(["", TOKEN, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, "Bearer ", `Bearer ${TOKEN} `])(
    "nobody else may, not even this machine: %j",
    (authorization) => {
      expect(mayReadMetrics(from("127.0.0.1", { ...LOCAL, authorization }), TOKEN)).toBe(false);
    },
  );
});

describe("behind the request guard, which rewrites headers", () => {
  const readings = async (token: string | undefined, headers: Record<string, string>, method = "GET") => {
    const db = { withSystem: () => Promise.reject(new Error("Not needed.")) };
    const metrics = createMetrics({ db, log: silentLog, version: "1", roles: [], token, clock: systemClock });
    const never = () => {
      throw new Error("Next is not asked.");
    };
    const options = { baseUrl: "http://localhost:3000", development: false, isReady: async () => true, next: never };
    const guards = [true, false].map((trustProxy) => createRequestGuard({ ...options, trustProxy, metrics: metrics.handle }));
    const answers = await Promise.all(guards.map((guard) => ask(guard, headers, method)));
    metrics.close();
    return answers;
  };

  it("this machine may read", async () => {
    for (const { status, body } of await readings(undefined, {})) expect([status, body.includes("milkrun_build_info")]).toEqual([200, true]);
  });

  it("what a proxy passes on is refused in a sentence that says what to do", async () => {
    for (const { status, body } of await readings(undefined, { "X-Forwarded-For": "203.0.113.9" })) {
      expect(status).toBe(403);
      expect(body).toContain("set METRICS_TOKEN and send it as a bearer token");
      expect(body).not.toContain("milkrun_");
    }
  });

  it("a wrong token is refused, the right one is not, and neither is repeated", async () => {
    for (const { status, body } of await readings(TOKEN, { Authorization: "Bearer something-else-entirely" })) {
      expect([status, body.includes(TOKEN), body.includes("something-else")]).toEqual([403, false, false]);
    }
    for (const { status } of await readings(TOKEN, { Authorization: `Bearer ${TOKEN}` })) expect(status).toBe(200);
  });

  it("nothing can be sent there", async () => {
    for (const { status } of await readings(undefined, {}, "DELETE")) expect(status).toBe(405);
  });
});

async function ask(listener: Parameters<typeof createServer>[1], headers: Record<string, string>, method: string): Promise<{ status: number; body: string }> {
  const server = createServer(listener ?? (() => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ host: "127.0.0.1", port, path: "/metrics", method, headers }, resolve).on("error", reject).end();
  });
  let body = "";
  for await (const chunk of response) body += String(chunk);
  await new Promise((resolve) => server.close(resolve));
  return { status: response.statusCode ?? 0, body };
}
