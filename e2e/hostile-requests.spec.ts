import { inRounds, pickNumber, type Random, timeForRounds } from "@/testing/faults/seed";
import { readCookieHeader } from "./fixtures/api";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
import { type RawAnswer, type RawRequest, sendRaw, writeRaw } from "./fixtures/raw-request";
import { expect, test } from "./fixtures/test";

const UNKNOWN_ID = "0198f2c0-0000-7000-8000-000000000001";
const REQUESTS_A_ROUND = 300;
const ROUND_MS = 120_000;

/** What no answer may hold: pieces of the program, of this machine, or of an error that was meant for the log. */
const INTERNALS = [
  /\bat .{1,200}:\d+:\d+\)/,
  /node_modules/,
  /\/dist\/server/,
  /\.next\//,
  /\bPrisma|\bECONN|\bENOENT|SyntaxError|TypeError|ReferenceError/,
  process.cwd(),
];
/** What only the signed-in owner may see. */
const SECRETS = [ORGANIZATION.name, OWNER.email, OWNER.name];

const TARGETS = [
  "/",
  "/schedule",
  "/runs",
  `/runs/${UNKNOWN_ID}`,
  "/items",
  "/sources",
  "/settings/members",
  "/account",
  "/system",
  "/sign-in",
  "/setup",
  "/reset?token=x",
  "/no-such-page",
  "/api/trpc/member.me",
  "/api/trpc/item.list?input=%7B%22json%22%3A%7B%7D%7D",
  "/api/trpc/account.sessions",
  "/api/trpc/run.events?input=%7B%22json%22%3A%7B%7D%7D",
  "/api/auth/get-session",
  "/api/auth/organization/list",
  "/_next/data/x/schedule.json",
  "/_next/image?url=%2Ficon.svg&w=64&q=75",
  "/samples/news",
];

/** Other ways to write a path, which a server may read as another one than its guard did. */
const REWRITES: ((target: string) => string)[] = [
  (target) => target,
  (target) => target.replace(/^([^?]*)/, "$1.rsc"),
  (target) => target.replace(/^([^?]*)/, "$1.segments/_tree.segment.rsc"),
  (target) => `${target}${target.includes("?") ? "&" : "?"}_rsc=1a2b3`,
  (target) => `/${target}`,
  (target) => `//evil.example${target}`,
  (target) => `/\\evil.example${target}`,
  (target) => `/..;${target}`,
  (target) => `/%2e%2e${target}`,
  () => "/..%2f..%2f..%2fetc%2fpasswd",
  (target) => target.replace(/\/(\w)/, "/%00$1"),
  (target) => target.replace(/\/(\w)/, "/%c0%af$1"),
  (target) => target.replace(/\/(\w)/, "/%zz$1"),
  (target) => target.replace(/\/(\w)/, "/%25%37%33$1"),
  (target) => target.replace(/\/(\w)/, "/\xe9\xff$1"),
  (target) => target.toUpperCase(),
  (target) => `${target}/`,
  (target) => `${target};jsessionid=1`,
  (target) => `${target}#fragment`,
  (target) => `http://evil.example${target}`,
  (target) => `/_next${target}`,
  (target) => `${target}?${"a=1&".repeat(1_000)}`,
  (target) => `/${"x".repeat(8_000)}${target}`,
  (target) => `/${"x".repeat(40_000)}${target}`,
  () => "*",
];

const METHODS = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get"];

/** What proxies, Next and its middleware say to each other, and what looks like it. */
const HEADERS: [string, string][] = [
  ["RSC", "1"],
  ["Next-Router-Prefetch", "1"],
  ["Next-Router-State-Tree", "%5B%22%22%2C%7B%7D%5D"],
  ["Next-Router-State-Tree", "nonsense"],
  ["Next-Router-Segment-Prefetch", "/_tree"],
  ["Next-Action", "40aa5c4f4b3d7e1a8d7e4e3bb1d7d4e5f6a7b8c9d0"],
  ["Next-Url", "/schedule"],
  ["Next-Resume", "1"],
  ["X-Middleware-Subrequest", "middleware:middleware:middleware:middleware:middleware"],
  ["X-Middleware-Subrequest", "src/middleware"],
  ["X-Middleware-Rewrite", "/schedule"],
  ["X-Middleware-Next", "1"],
  ["X-Middleware-Override-Headers", "cookie"],
  ["X-Middleware-Request-Cookie", "milkrun.session_token=x"],
  ["X-Matched-Path", "/schedule"],
  ["X-Now-Route-Matches", "1=schedule"],
  ["X-Invoke-Path", "/schedule"],
  ["X-Invoke-Status", "500"],
  ["X-Invoke-Error", "{}"],
  ["X-Nextjs-Data", "1"],
  ["X-Prerender-Revalidate", "x"],
  ["X-Forwarded-Host", "evil.example"],
  ["X-Forwarded-Proto", "https"],
  ["X-Forwarded-For", "127.0.0.1, ::1"],
  ["X-Original-URL", "/schedule"],
  ["X-Rewrite-URL", "/schedule"],
  ["X-HTTP-Method-Override", "DELETE"],
  ["X-Nonce", "AAAAAAAAAAAAAAAAAAAAAA=="],
  ["X-Request-Path", "//evil.example"],
  ["Cookie", "milkrun.session_token=x.y"],
  ["Cookie", "__Secure-milkrun.session_token=%00"],
  ["Cookie", `milkrun.session_token=${"x".repeat(4_000)}`],
  ["Authorization", "Bearer x"],
  ["Accept", "text/x-component"],
  ["Accept-Encoding", "gzip;q=1, *;q=0"],
  ["Content-Type", "multipart/form-data; boundary=x"],
  ["Content-Type", "application/json"],
  ["Content-Encoding", "gzip"],
  ["Expect", "100-continue"],
  ["Upgrade", "websocket"],
  ["Range", "bytes=0-1"],
  ["If-None-Match", "*"],
  ["Origin", "null"],
  ["Sec-Fetch-Site", "cross-site"],
];

const pick = <T>(random: Random, list: readonly T[]): T => list[pickNumber(random, 0, list.length - 1)] as T;

function makeUp(random: Random): RawRequest {
  const target = pick(random, REWRITES)(pick(random, TARGETS)).replaceAll(" ", "%20");
  const headers = Array.from({ length: pickNumber(random, 0, 4) }, () => pick(random, HEADERS));
  const body = pick(random, ["", "", "{}", '{"json":{}}', "[]", "\x1f\x8b\x08\x00", '--x\r\nContent-Disposition: form-data; name="1"\r\n\r\n{}\r\n--x--\r\n']);
  return { method: pick(random, METHODS), target, headers: [...headers, ["Content-Length", String(body.length)]], body };
}

function expectNothingTold({ status, head, body }: RawAnswer, request: string): void {
  expect(status, request).toBeLessThan(500);
  for (const internal of INTERNALS)
    expect(body, request).not.toMatch(internal instanceof RegExp ? internal : new RegExp(internal.replaceAll(/[.\\+*?()[\]{}|^$]/g, "\\$&")));
  for (const secret of SECRETS) expect(head + body, request).not.toContain(secret);
  expect(head, request).not.toMatch(/^x-powered-by:/im);
  // Where a redirect leads: nowhere but here.
  expect(head, request).not.toMatch(/^location: *(?:https?:)?[/\\]{2}(?!localhost[:/])/im);
}

test("whatever a stranger sends, no answer fails, tells of the program, or holds what is for the signed-in", async ({ baseURL }) => {
  test.setTimeout(timeForRounds(1, ROUND_MS));
  const port = Number(new URL(baseURL ?? "").port);
  await inRounds(1, async (random) => {
    for (let sent = 0; sent < REQUESTS_A_ROUND; sent++) {
      const request = writeRaw(port, makeUp(random));
      expectNothingTold(await sendRaw(port, request), JSON.stringify(request.slice(0, 1_500)));
    }
  });
  expect((await sendRaw(port, writeRaw(port, { target: "/readyz" }))).status, "the server is well afterwards").toBe(200);
});

/** Next first sends a request for a page's data to the address that a cache may keep it under. */
async function askNext(port: number, request: RawRequest): Promise<RawAnswer> {
  const answer = await sendRaw(port, writeRaw(port, request));
  const [, target] = /^location: (\S+\?_rsc\S*)/im.exec(answer.head) ?? [];
  return target === undefined ? answer : sendRaw(port, writeRaw(port, { ...request, target }));
}

test("each page asked for in each way that Next knows leads the signed-out to sign-in and shows nothing", async ({ baseURL }) => {
  const port = Number(new URL(baseURL ?? "").port);
  const ways: (readonly [string, string])[][] = [
    [],
    [["RSC", "1"]],
    [
      ["RSC", "1"],
      ["Next-Router-Prefetch", "1"],
    ],
    [["X-Middleware-Subrequest", "middleware"]],
  ];
  for (const target of ["/schedule", "/runs", "/items", "/sources", "/account", "/system"]) {
    for (const headers of ways) {
      const answer = await askNext(port, { target, headers });
      expectNothingTold(answer, target);
      // What is fetched ahead is the page's place among the others, and nothing that stands on it.
      if (headers.some(([name]) => name === "Next-Router-Prefetch")) continue;
      expect(answer.head + answer.body, `${target} ${JSON.stringify(headers)}`).toContain("/sign-in");
    }
  }
});

test.describe("with the owner's cookie", () => {
  const bodyOf = (body: string): [string, string][] => [
    ["Content-Type", "application/json"],
    ["Content-Length", String(Buffer.byteLength(body))],
  ];

  for (const [who, headers] of Object.entries<[string, string][]>({
    "another site": [["Origin", "https://evil.example"]],
    "a site that hides its name": [["Origin", "null"]],
    "two origins at once": [
      ["Origin", "https://evil.example"],
      ["Origin", "OURS"],
    ],
    "another site's form, without an origin": [["Sec-Fetch-Site", "cross-site"]],
    "a sister site": [["Sec-Fetch-Site", "same-site"]],
    "a program that has the cookie": [],
  })) {
    test(`${who} changes nothing by any method`, async ({ baseURL, sessionFile, api }) => {
      const port = Number(new URL(baseURL ?? "").port);
      const cookie: [string, string] = ["Cookie", readCookieHeader(sessionFile)];
      const before = await api.account.sessions.query();
      for (const target of ["/api/trpc/account.endOtherSessions", "/api/auth/sign-out", "/account"]) {
        for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
          const sent = headers.map(([name, value]): [string, string] => [name, value === "OURS" ? (baseURL ?? "") : value]);
          const answer = await sendRaw(port, writeRaw(port, { method, target, headers: [cookie, ...sent, ...bodyOf("{}")], body: "{}" }));
          expect(answer.status, `${method} ${target}`).toBe(403);
        }
      }
      expect((await api.account.sessions.query()).length).toBe(before.length);
    });
  }

  test("a request that is too much, or not plainly of one length, is refused", async ({ baseURL, sessionFile }) => {
    const port = Number(new URL(baseURL ?? "").port);
    const ours: [string, string][] = [
      ["Cookie", readCookieHeader(sessionFile)],
      ["Origin", baseURL ?? ""],
      ["Content-Type", "application/json"],
    ];
    const post = (headers: [string, string][], body = "", target = "/api/trpc/account.rename") =>
      sendRaw(port, writeRaw(port, { method: "POST", target, headers: [...ours, ...headers], body }));
    const statuses = {
      "more than a megabyte": await post([["Content-Length", "1048577"]]),
      "of unannounced length": await post([["Transfer-Encoding", "chunked"]], "2\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n"),
      "of two lengths": await post(
        [
          ["Content-Length", "2"],
          ["Content-Length", "3"],
        ],
        "{}",
      ),
      "of a length and chunks": await post(
        [
          ["Content-Length", "2"],
          ["Transfer-Encoding", "chunked"],
        ],
        "0\r\n\r\n",
      ),
      "of a negative length": await post([["Content-Length", "-1"]]),
      compressed: await post(
        [
          ["Content-Encoding", "gzip"],
          ["Content-Length", "4"],
        ],
        "\x1f\x8b\x08\x00",
      ),
      "eleven calls at once": await sendRaw(
        port,
        writeRaw(port, { target: `/api/trpc/${Array(11).fill("setup.status").join(",")}?batch=1&input=%7B%7D`, headers: ours }),
      ),
      "headers of a hundred kilobytes": await post([["X-Filler", "x".repeat(100_000)]]),
    };
    expect(Object.fromEntries(Object.entries(statuses).map(([what, { status }]) => [what, status]))).toEqual({
      "more than a megabyte": 413,
      "of unannounced length": 411,
      "of two lengths": 400,
      "of a length and chunks": 400,
      "of a negative length": 400,
      compressed: 415,
      "eleven calls at once": 400,
      "headers of a hundred kilobytes": 431,
    });
  });
});
