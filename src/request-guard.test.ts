import http, { type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LENGTH_HEADER } from "@/domain/length-header";
import { createRequestGuard, type RequestGuardOptions } from "./request-guard";

const BASE_URL = "http://localhost:3000";
let server: Server;
let ready: boolean;
/** What reached the pages behind the guard. */
let seen: IncomingHttpHeaders[];

beforeEach(() => {
  ready = true;
  seen = [];
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

async function serve(options: Partial<RequestGuardOptions> = {}): Promise<void> {
  const guard = createRequestGuard({
    baseUrl: BASE_URL,
    trustProxy: false,
    development: false,
    isReady: () => Promise.resolve(ready),
    next(request, response) {
      seen.push(request.headers);
      request.resume();
      response.end("page");
    },
    ...options,
  });
  server = http.createServer({ keepAlive: false }, guard);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function send(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

describe("health", () => {
  test("it lives, and is ready while the database answers", async () => {
    await serve();
    expect(await send("GET", "/livez")).toMatchObject({ status: 200, body: "ok\n" });
    expect(await send("GET", "/readyz")).toMatchObject({ status: 200 });
    ready = false;
    expect(await send("GET", "/livez")).toMatchObject({ status: 200 });
    expect(await send("GET", "/readyz?verbose")).toMatchObject({ status: 503, body: "unavailable\n" });
    expect(seen).toEqual([]);
  });
});

describe("a request that changes something", () => {
  test.each<[string, Record<string, string>]>([
    ["a page of ours", { origin: BASE_URL, cookie: "session=1" }],
    ["a page of ours, opened by the other name of this machine", { origin: "http://127.0.0.1:3000", cookie: "session=1" }],
    ["a page of ours in a browser that sends no Origin", { "sec-fetch-site": "same-origin", cookie: "session=1" }],
    ["a program without a session", {}],
  ])("passes when it comes from %s", async (_whom, headers) => {
    await serve();
    expect(await send("POST", "/api/trpc/run.start", { ...headers, "content-length": "2" }, "{}")).toMatchObject({ status: 200, body: "page" });
  });

  test.each<[string, Record<string, string>]>([
    ["another site", { origin: "https://evil.example" }],
    ["another site that hides its name", { origin: "null", cookie: "session=1" }],
    ["another port of this machine", { origin: "http://localhost:3001", cookie: "session=1" }],
    ["a site whose name begins like ours", { origin: "http://localhost:3000.evil.example" }],
    ["another site's form", { "sec-fetch-site": "cross-site", cookie: "session=1" }],
    ["a sister site", { "sec-fetch-site": "same-site", cookie: "session=1" }],
    ["somebody who names no origin but has a session", { cookie: "session=1" }],
  ])("is refused when it comes from %s", async (_whom, headers) => {
    await serve();
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const answer = await send(method, "/api/trpc/run.start", { ...headers, "content-length": "0" });
      expect(answer).toMatchObject({ status: 403 });
      expect(JSON.parse(answer.body)).toMatchObject({ message: expect.stringContaining(`open ${BASE_URL}, or set BASE_URL`) });
    }
    expect(seen).toEqual([]);
  });

  test("tells tRPC's client the same sentence in its own form", async () => {
    await serve();
    const { body } = await send("POST", "/api/trpc/run.start", { origin: "null", "content-length": "0" });
    const { message, error } = JSON.parse(body) as { message: string; error: unknown };
    expect(error).toEqual({ json: { message, code: -32_003, data: { code: "FORBIDDEN", httpStatus: 403 } } });
  });
});

describe("the size of a request", () => {
  test("one megabyte passes and a byte more does not", async () => {
    await serve();
    const largest = "x".repeat(1_048_576);
    expect(await send("POST", "/api/trpc/x", { "content-length": String(largest.length) }, largest)).toMatchObject({ status: 200 });
    expect(await send("POST", "/api/trpc/x", { "content-length": "1048577", connection: "close" }, `${largest}x`).catch(() => ({ status: 413 }))).toMatchObject(
      {
        status: 413,
      },
    );
    expect(seen).toHaveLength(1);
  });

  test("has to be announced", async () => {
    await serve();
    expect(await send("POST", "/api/trpc/x", { "transfer-encoding": "chunked" }, "{}")).toMatchObject({ status: 411 });
    expect(seen).toEqual([]);
  });
});

test("a compressed request is refused: unpacked it could be of any size", async () => {
  await serve();
  expect(await send("POST", "/api/trpc/x", { "content-encoding": "gzip", "content-length": "2" }, "{}")).toMatchObject({ status: 415 });
  expect(seen).toEqual([]);
});

test.each([
  ["TRACE", "/api/trpc/x"],
  ["OPTIONS", "/api/trpc/x"],
  ["PROPFIND", "/"],
  ["POST", "/"],
  ["DELETE", "/runs"],
  ["POST", "/api/items/export?format=csv"],
  ["DELETE", "/api/items/exports/1"],
])("%s %s is nothing that is answered here, and what is stands in the answer", async (method, path) => {
  await serve();
  const { status, headers, body } = await send(method, path, { "content-length": "0" });
  expect([status, headers.allow]).toEqual([405, path.startsWith("/api/trpc/") ? "GET, HEAD, POST" : "GET, HEAD"]);
  expect(JSON.parse(body).message).toContain(`Nothing here answers ${method}. Send GET`);
  expect(seen).toEqual([]);
});

test("the length that a route states is sent, which Next leaves out", async () => {
  await serve({
    next(_request, response) {
      // As Next sets what a route answers.
      response.setHeader(LENGTH_HEADER, ["4"]);
      response.end("page");
    },
  });
  const { headers } = await send("GET", "/api/items/exports/1");
  expect(headers).toMatchObject({ "content-length": "4" });
  expect(headers).not.toHaveProperty(LENGTH_HEADER);
  expect((await send("HEAD", "/api/items/exports/1")).headers["content-length"]).toBe("4");
});

describe("an address", () => {
  test.each(["/", "/runs?status=failed", "/items?text=%2F%2Fevil", "/items?text=100%", "/r%C3%BCns", "/..;/runs", "/a%20b"])("%s passes", async (path) => {
    await serve();
    expect(await send("GET", path)).toMatchObject({ status: 200 });
  });

  test.each(["//evil.example/", "/\\evil.example", "/%5cevil.example", "/runs%00", "/%0d%0aX", "/%zz", "/%c0%af", "*", "http://evil.example/"])(
    "that could be read in two ways is refused: %s",
    async (path) => {
      await serve();
      expect(await send("GET", path)).toMatchObject({ status: 400 });
      expect(seen).toEqual([]);
    },
  );
});

test("what a page says that it shows must be what Next can read", async () => {
  await serve();
  const shown = encodeURIComponent(JSON.stringify(["", { children: ["runs", {}] }]));
  expect(await send("GET", "/", { rsc: "1", "next-router-state-tree": shown })).toMatchObject({ status: 200 });
  for (const nonsense of ["nonsense", "%zz", "1", "%22%22"]) {
    expect(await send("GET", "/", { rsc: "1", "next-router-state-tree": nonsense })).toMatchObject({ status: 400 });
  }
});

describe("the client's address", () => {
  const forged = {
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "for=203.0.113.7",
    "x-real-ip": "203.0.113.7",
  };

  test("is the socket's, whatever the request says", async () => {
    await serve();
    await send("GET", "/", forged);
    expect(seen[0]?.["x-forwarded-for"]).toBe("127.0.0.1");
    for (const name of ["x-forwarded-host", "x-forwarded-proto", "forwarded", "x-real-ip"]) expect(seen[0]).not.toHaveProperty(name);
  });

  test("is the one that a trusted proxy appends, and not what the request brought along", async () => {
    await serve({ trustProxy: true });
    await send("GET", "/", forged);
    await send("GET", "/", { ...forged, "x-forwarded-for": "198.51.100.1, 203.0.113.8" });
    expect(seen.map((headers) => headers["x-forwarded-for"])).toEqual(["203.0.113.7", "203.0.113.8"]);
    for (const name of ["x-forwarded-host", "x-forwarded-proto", "forwarded", "x-real-ip"]) expect(seen[0]).not.toHaveProperty(name);
  });
});

test("what Next says to itself is not taken from a client", async () => {
  await serve();
  const internal = ["x-middleware-subrequest", "x-middleware-next", "x-invoke-path", "x-matched-path", "x-now-route-matches", "x-nextjs-data", "next-action"];
  await send("GET", "/", { ...Object.fromEntries(internal.map((name) => [name, "1"])), rsc: "1", "next-router-prefetch": "1" });
  expect(Object.keys(seen[0] ?? {}).filter((name) => internal.includes(name))).toEqual([]);
  expect(seen[0]).toMatchObject({ rsc: "1", "next-router-prefetch": "1" });
});

test("browsers are told to stay on https exactly where that is the address", async () => {
  await serve();
  expect((await send("GET", "/")).headers).not.toHaveProperty("strict-transport-security");
  server.close();
  await serve({ baseUrl: "https://milkrun.example.org" });
  expect((await send("GET", "/")).headers).toHaveProperty("strict-transport-security", "max-age=31536000");
});

describe("the content security policy", () => {
  test("has a new nonce for each request, which the page is told", async () => {
    await serve();
    const policies = [await send("GET", "/", { "x-nonce": "forged" }), await send("GET", "/")].map(({ headers }) => String(headers["content-security-policy"]));
    const nonces = policies.map((policy) => /script-src 'self' 'nonce-([\w+/=]{24})' 'strict-dynamic';/.exec(policy)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    expect(seen.map((headers) => headers["x-nonce"])).toEqual(nonces);
    expect(seen.map((headers) => headers["content-security-policy"])).toEqual(policies);
  });

  test("lets our pages frame the document of images, which gets images and nothing else", async () => {
    await serve();
    const { headers } = await send("GET", "/api/items/images?src=x");
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; img-src http: https:; style-src-elem 'nonce-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox$/,
    );
    expect(headers).toMatchObject({ "x-frame-options": "SAMEORIGIN", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" });
    for (const path of ["/api/items/images/", "/api/items/images2", "/items?/api/items/images"]) {
      expect((await send("GET", path)).headers, path).toMatchObject({
        "x-frame-options": "DENY",
        "content-security-policy": expect.stringContaining("script-src"),
      });
    }
  });

  test("allows no script without the nonce, no frame and no foreign address", async () => {
    await serve();
    const { headers } = await send("GET", "/");
    expect(headers["content-security-policy"]).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers["content-security-policy"]).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cross-origin-opener-policy": "same-origin", "referrer-policy": "same-origin" });
  });
});
