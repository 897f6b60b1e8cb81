import type { RequestListener } from "node:http";
import { type AddressInfo, createServer as createRawServer } from "node:net";
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { fetchFailure, never, openFetchedSites } from "@/testing/fetched-site";
import { startLocalSite } from "@/testing/local-site";

const { fetcher, fetchFrom, close } = openFetchedSites();

afterEach(close);

const text = (page: { body: Uint8Array }) => Buffer.from(page.body).toString();

describe("a page", () => {
  it("comes with what the site said about it", async () => {
    const page = await fetchFrom((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", etag: '"1"', "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT", link: "</2>; rel=next" });
      response.end("hello");
    });
    expect(page).toMatchObject({
      status: 200,
      notModified: false,
      contentType: "text/plain",
      etag: '"1"',
      wireBytes: 5,
      redirects: [],
      linkHeader: "</2>; rel=next",
    });
    expect(text(page)).toBe("hello");
    expect(page.durationMs).toBeGreaterThan(0);
  });

  it("is asked for with the program's name, the source's headers and the validators", async () => {
    const page = await fetchFrom((request, response) => response.end(JSON.stringify(request.headers)), {
      headers: { "X-Key": "k", Host: "elsewhere" },
      validators: { etag: '"1"', lastModified: "Mon, 01 Jan 2024 00:00:00 GMT" },
      accept: "text/html",
    });
    const sent = JSON.parse(text(page));
    expect(sent).toMatchObject({
      "user-agent": "Milkrun test",
      "x-key": "k",
      "if-none-match": '"1"',
      accept: "text/html",
      "accept-encoding": "gzip, deflate, br",
    });
    expect(sent.host).toMatch(/^127\.0\.0\.1:/);
  });

  it("that did not change has no body", async () => {
    const page = await fetchFrom((_request, response) => response.writeHead(304).end(), { validators: { etag: '"1"' } });
    expect(page).toMatchObject({ status: 304, notModified: true, wireBytes: 0 });
  });

  it("whose version is named by letters that cannot be sent back is asked for without it", async () => {
    const page = await fetchFrom((request, response) => response.end(JSON.stringify(request.headers)), {
      validators: { etag: '"€"', lastModified: "Mon, 01 Jan 2024 00:00:00 GMT" },
    });
    expect(Object.keys(JSON.parse(text(page)))).toContain("if-modified-since");
    expect(Object.keys(JSON.parse(text(page)))).not.toContain("if-none-match");
  });

  it("that claims not to have changed without being asked is an error", async () => {
    expect(await fetchFailure(fetchFrom((_request, response) => response.writeHead(304).end()))).toMatchObject({ code: "http_status", httpStatus: 304 });
  });
});

describe("statuses", () => {
  it.each([
    [404, false, "404 Not found. The site has no page at this address."],
    [403, false, "403 Forbidden."],
    [500, true, "500 Internal server error."],
    [599, true, "599 Server error."],
    [499, false, "499 The site refused the request."],
    [300, false, "300 The site gave no page"],
  ])("%i is an error (retryable: %s) that says what it means", async (status, retryable, message) => {
    const error = await fetchFailure(fetchFrom((_request, response) => response.writeHead(status).end("x")));
    expect(error).toMatchObject({ name: "CollectError", code: "http_status", httpStatus: status, retryable });
    expect(error.message).toContain(message);
  });

  it("429 tells how long the site asked to wait", async () => {
    const error = await fetchFailure(fetchFrom((_request, response) => response.writeHead(429, { "retry-after": "60" }).end()));
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 60_000, message: "429 Too many requests. The site asked to wait 60 s." });
  });

  it("503 reads a date by the site's own clock", async () => {
    const headers = { date: "Mon, 01 Jan 2024 00:00:00 GMT", "retry-after": "Mon, 01 Jan 2024 00:02:00 GMT" };
    expect(await fetchFailure(fetchFrom((_request, response) => response.writeHead(503, headers).end()))).toMatchObject({ retryAfterMs: 120_000 });
  });
});

describe("compression", () => {
  it.each([
    ["gzip", gzipSync("hello")],
    ["x-gzip", gzipSync("hello")],
    ["deflate", deflateSync("hello")],
    ["deflate", deflateRawSync("hello")],
    ["br", brotliCompressSync("hello")],
    ["identity", Buffer.from("hello")],
    ["", gzipSync("hello")],
    ["gzip", gzipSync(gzipSync("hello"))],
    ["br", brotliCompressSync(gzipSync("hello"))],
    ["UTF-8", Buffer.from("hello")],
    ["aws-chunked, gzip", gzipSync("hello")],
  ])("%s is undone", async (encoding, body) => {
    const page = await fetchFrom((_request, response) => response.writeHead(200, { "content-encoding": encoding }).end(body));
    expect([text(page), page.wireBytes]).toEqual(["hello", body.length]);
  });

  it.each([
    ["stacked", "gzip, gzip", gzipSync(gzipSync("hello"))],
    ["unknown", "zstd", Buffer.from("hello")],
    ["named like a property of every object", "constructor", Buffer.from("hello")],
    ["damaged", "gzip", Buffer.from("this is not gzip at all")],
    ["cut off", "gzip", gzipSync("hello".repeat(1000)).subarray(0, 30)],
    ["cut off", "br", brotliCompressSync("hello".repeat(1000)).subarray(0, 8)],
    ["cut off", "deflate", deflateSync("hello".repeat(1000)).subarray(0, 12)],
    ["cut off without a header", "", gzipSync("hello".repeat(1000)).subarray(0, 30)],
  ])("that is %s (%s) is an error", async (_name, encoding, body) => {
    const error = await fetchFailure(fetchFrom((_request, response) => response.writeHead(200, { "content-encoding": encoding }).end(body)));
    expect(error).toMatchObject({ code: "encoding" });
  });

  it.each([
    ["gzip", gzipSync(Buffer.alloc(50_000_000))],
    ["br", brotliCompressSync(Buffer.alloc(50_000_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
    ["", gzipSync(Buffer.alloc(50_000_000))],
    ["gzip", gzipSync(gzipSync(Buffer.alloc(50_000_000)))],
  ])("of a bomb (%s) ends at the cap on decoded bytes", async (encoding, body) => {
    const before = process.memoryUsage().arrayBuffers;
    const error = await fetchFailure(fetchFrom((_request, response) => response.writeHead(200, { "content-encoding": encoding }).end(body)));
    expect(error).toMatchObject({ code: "too_large", message: expect.stringContaining("20 MB") });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
  });
});

describe("size", () => {
  it("refuses 30 MB by its announced length, before reading it", async () => {
    let sent = 0;
    const error = await fetchFailure(
      fetchFrom((_request, response) => {
        response.writeHead(200, { "content-length": 30_000_000 });
        response.write(Buffer.alloc(1000), () => (sent += 1000));
      }),
    );
    expect(error).toMatchObject({ code: "too_large", message: "The answer is larger than 10 MB. Nothing was collected. Choose an address with less on it." });
    expect(sent).toBeLessThanOrEqual(1000);
  });

  it("refuses 30 MB without an announced length, at the cap", async () => {
    let closedAfter = -1;
    const error = await fetchFailure(
      fetchFrom((_request, response) => {
        let sent = 0;
        const chunk = Buffer.alloc(100_000);
        const more = () => {
          while (sent < 30_000_000) {
            sent += chunk.length;
            if (!response.write(chunk)) return void response.once("drain", more);
          }
          response.end();
        };
        response.on("close", () => (closedAfter = sent));
        more();
      }),
    );
    expect(error).toMatchObject({ code: "too_large" });
    expect(closedAfter).toBeLessThan(30_000_000);
  });

  it("refuses endless headers", async () => {
    const headers = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`x-${index}`, "x".repeat(1000)]));
    expect(await fetchFailure(fetchFrom((_request, response) => response.writeHead(200, headers).end()))).toMatchObject({ code: "too_large" });
  });

  it("takes a smaller cap for one page", async () => {
    expect(await fetchFailure(fetchFrom((_request, response) => response.end("x".repeat(100)), { maxBytes: 99 }))).toMatchObject({ code: "too_large" });
  });
});

describe("time", () => {
  it.each<[string, RequestListener]>([
    ["says nothing", () => undefined],
    ["stops after the headers", (_request, response) => void response.writeHead(200).flushHeaders()],
    [
      "drips",
      (_request, response) => {
        const timer = setInterval(() => response.write("x"), 10);
        response.on("close", () => clearInterval(timer));
      },
    ],
    ["redirects without end", (_request, response) => void setTimeout(() => response.writeHead(302, { location: "/page" }).end(), 40)],
  ])("ends at one deadline when a site %s", async (_name, listener) => {
    expect(await fetchFailure(fetchFrom(listener, { deadlineMs: 150 }))).toMatchObject({ code: "timeout", retryable: true });
  });

  it("includes a name that never resolves", async () => {
    const slow = fetcher({ policy: { allowCidrs: [], allowPorts: [], allowPrefixes: [] }, resolveName: () => new Promise(() => undefined) });
    expect(await fetchFailure(slow.fetchPage("http://slow.example/", { signal: never, deadlineMs: 50 }))).toMatchObject({ code: "timeout" });
  });

  it("ends at once when the run is stopped", async () => {
    const stop = new AbortController();
    expect(await fetchFailure(fetchFrom(() => stop.abort(), { signal: stop.signal }))).toMatchObject({ code: "cancelled", retryable: false });
  });
});

describe("connections", () => {
  it.each([
    ["closes without a word", ""],
    ["does not speak HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["closes before the announced end", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"],
  ])("to a site that %s are errors", async (_name, answer) => {
    const server = createRawServer((socket) => socket.once("data", () => socket.end(answer)).on("error", () => undefined));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const raw = fetcher({ policy: { allowCidrs: ["127.0.0.0/8"], allowPorts: [port], allowPrefixes: [] } });
    const error = await fetchFailure(raw.fetchPage(`http://127.0.0.1:${port}/`, { signal: never }));
    server.close();
    expect(error).toMatchObject({ code: "connect", retryable: true });
  });

  it("that are refused say nothing about the port", async () => {
    const { origin, policy, close } = await startLocalSite(() => undefined);
    await close();
    const error = await fetchFailure(fetcher({ policy }).fetchPage(origin, { signal: never }));
    expect(error).toMatchObject({ code: "connect", message: "The connection to the site failed. Nothing was collected. The next run tries again." });
  });

  it("take no proxy from the environment", async () => {
    process.env.HTTP_PROXY = process.env.http_proxy = "http://127.0.0.1:1";
    try {
      expect(text(await fetchFrom((_request, response) => response.end("direct")))).toBe("direct");
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
  });
});
