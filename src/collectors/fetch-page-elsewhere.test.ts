import { afterEach, describe, expect, it } from "vitest";
import { fetchFailure, never, openFetchedSites } from "@/testing/fetched-site";

const { site, fetcher, fetchFrom, close } = openFetchedSites();

afterEach(close);

const text = (page: { body: Uint8Array }) => Buffer.from(page.body).toString();

describe("redirects", () => {
  it("are followed, five at most", async () => {
    const { origin, policy } = await site((request, response) => {
      const hop = Number(request.url?.slice(1));
      if (hop === 0) response.end("there");
      else response.writeHead(302, { location: `/${hop - 1}#part` }).end("moved");
    });
    const { fetchPage } = fetcher({ policy });
    const page = await fetchPage(`${origin}/5`, { signal: never });
    expect([text(page), page.finalUrl, page.redirects.length, page.redirects[0]]).toEqual(["there", `${origin}/0`, 5, `${origin}/5`]);
    expect(await fetchFailure(fetchPage(`${origin}/6`, { signal: never }))).toMatchObject({ code: "redirect" });
  });

  it("in a circle end", async () => {
    expect(await fetchFailure(fetchFrom((_request, response) => response.writeHead(301, { location: "/page" }).end()))).toMatchObject({ code: "redirect" });
  });

  it.each(["http://127.0.0.1:PORT/secret", "http://localhost:PORT/secret", "http://[::1]:PORT/secret", "file:///etc/passwd", "http://169.254.169.254/"])(
    "from an allowed site to %s are blocked",
    async (target) => {
      let secretRead = false;
      const inner = await site((_request, response) => {
        secretRead = true;
        response.end("secret");
      });
      const outer = await site((_request, response) => response.writeHead(302, { location: target.replace("PORT", String(inner.port)) }).end());
      const policy = { allowCidrs: [], allowPorts: [inner.port], allowPrefixes: [outer.origin] };
      expect(await fetchFailure(fetcher({ policy }).fetchPage(outer.origin, { signal: never }))).toMatchObject({ code: "blocked" });
      expect(secretRead).toBe(false);
    },
  );

  it("drop the source's headers for good once the origin changes", async () => {
    const seen: unknown[] = [];
    const other = await site((request, response) => {
      seen.push(request.headers["x-key"]);
      response.writeHead(302, { location: `${home.origin}/end` }).end();
    });
    const home = await site((request, response) => {
      seen.push(request.headers["x-key"]);
      if (request.url === "/start") response.writeHead(302, { location: "/middle" }).end();
      else if (request.url === "/middle") response.writeHead(302, { location: other.origin }).end();
      else response.end();
    });
    const policy = { ...home.policy, allowPorts: [home.port, other.port] };
    await fetcher({ policy }).fetchPage(`${home.origin}/start`, { signal: never, headers: { "x-key": "k" } });
    expect(seen).toEqual(["k", "k", undefined, undefined]);
  });

  it("with an unreadable or missing target are errors", async () => {
    expect(await fetchFailure(fetchFrom((_request, response) => response.writeHead(302, { location: "http://[" }).end()))).toMatchObject({ code: "redirect" });
    expect(await fetchFailure(fetchFrom((_request, response) => response.writeHead(302).end()))).toMatchObject({ code: "http_status" });
  });
});

describe("names", () => {
  const answers =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const strict = { allowCidrs: [], allowPorts: [], allowPrefixes: [] };

  it.each([
    ["a private address", ["10.0.0.1"]],
    ["a public and a private one", ["93.184.216.34", "127.0.0.1"]],
    ["the machine itself in disguise", ["::ffff:127.0.0.1"]],
    ["the cloud's metadata service", ["169.254.169.254"]],
  ])("that resolve to %s are blocked", async (_name, addresses) => {
    const { fetchPage } = fetcher({ policy: strict, resolveName: answers(...addresses) });
    expect(await fetchFailure(fetchPage("http://rebind.example/", { signal: never }))).toMatchObject({ code: "blocked", retryable: false });
  });

  it("are resolved once, and the socket goes where the judged answer said", async () => {
    const local = await site((request, response) => response.end(request.headers.host));
    let calls = 0;
    const resolveName = async () => [{ address: calls++ === 0 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    const page = await fetcher({ policy: local.policy, resolveName }).fetchPage(`http://named.example:${local.port}/`, { signal: never });
    expect([text(page), calls]).toEqual([`named.example:${local.port}`, 1]);
  });

  it("that are private reach allowed networks only", async () => {
    const local = await site((_request, response) => response.end("inside"));
    const inside = fetcher({ policy: local.policy, resolveName: answers("127.0.0.1") });
    expect(text(await inside.fetchPage(`http://localhost:${local.port}/`, { signal: never }))).toBe("inside");
    const outside = fetcher({ policy: local.policy, resolveName: answers("93.184.216.34") });
    expect(await fetchFailure(outside.fetchPage(`http://intranet:${local.port}/`, { signal: never }))).toMatchObject({ code: "blocked" });
  });

  it("that do not exist say so", async () => {
    const missing = async () => {
      throw Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
    };
    const error = await fetchFailure(fetcher({ policy: strict, resolveName: missing }).fetchPage("http://nowhere.example/", { signal: never }));
    expect(error).toMatchObject({ code: "dns", retryable: false, message: expect.stringContaining("nowhere.example was not found") });
  });

  it.each(["http://127.0.0.1/", "http://localhost/", "http://0x7f.1/", "http://example.com:22/", "http://a:b@example.com/", "not a url"])(
    "and addresses such as %s are refused before any connection",
    async (url) => {
      const { fetchPage } = fetcher({ policy: strict, resolveName: () => Promise.reject(new Error("must not be asked")) });
      expect(await fetchFailure(fetchPage(url, { signal: never }))).toMatchObject({
        code: "blocked",
        message: expect.stringMatching(/^This address is blocked: /),
      });
    },
  );
});
