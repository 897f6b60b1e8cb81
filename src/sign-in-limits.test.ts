import http, { type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "better-auth/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAuth } from "@/auth/auth";
import { claimWithToken } from "@/auth/claim";
import { ensureSetupToken } from "@/auth/setup-token";
import { createDatabase, type Database } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";
import { createRequestGuard } from "./request-guard";

const BASE_URL = "http://localhost:3000";
const ADA = { email: "ada@example.org", password: "correct horse battery" };
const WRONG = { ...ADA, password: "wrong horse battery" };

let testDatabase: TestDatabase;
let db: Database;
let servers: Server[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = createDatabase(testDatabase.connection, { poolSize: 8, log: silentLog });
  const token = (await ensureSetupToken(db)) ?? "";
  const claim = { ...ADA, token, name: "Ada", organizationName: "Engines", timeZone: "UTC", samples: false };
  await claimWithToken(db, claim, { clientAddress: "192.0.2.1", baseUrl: BASE_URL });
});

beforeEach(async () => {
  await db.system.rateLimit.deleteMany();
  await db.system.session.deleteMany();
});

afterEach(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
});

afterAll(async () => {
  await db.close();
  await testDatabase.drop();
});

type Send = (body: object, headers?: Record<string, string | string[]>) => Promise<{ status: number; waitSeconds: number }>;

/** A web process of its own: its guard and its sign-in, on the shared database. */
async function serve({ trustProxy = false } = {}): Promise<Send> {
  const auth = createAuth({ db, secret: "a secret of at least 32 characters, for tests", baseUrl: BASE_URL, log: silentLog });
  const handle = toNodeHandler(auth);
  const next: http.RequestListener = (request, response) => void handle(request, response);
  const guard = createRequestGuard({ baseUrl: BASE_URL, trustProxy, development: false, isReady: () => Promise.resolve(true), next });
  const server = http.createServer(guard);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return (body, headers = {}) => post(port, JSON.stringify(body), headers);
}

function post(port: number, body: string, headers: Record<string, string | string[]>): ReturnType<Send> {
  const options = { host: "127.0.0.1", port, method: "POST", path: "/api/auth/sign-in/email", agent: false };
  const fixed = { "content-type": "application/json", "content-length": Buffer.byteLength(body), origin: BASE_URL };
  return new Promise((resolve, reject) => {
    const request = http.request({ ...options, headers: { ...fixed, ...headers } }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode ?? 0, waitSeconds: Number(response.headers["x-retry-after"] ?? 0) }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** As if so much time had passed since everything that is counted. */
const letPass = (seconds: number) => db.system.$executeRaw`update rate_limit set last_request = last_request - ${seconds * 1000}::int`;

async function statuses(count: number, sendOne: (index: number) => ReturnType<Send>): Promise<number[]> {
  const answers: number[] = [];
  for (let index = 0; index < count; index++) answers.push((await sendOne(index)).status);
  return answers;
}

/** Past the limit for each address, which is over in ten seconds, and not past ours. */
async function slowly(sendOne: () => ReturnType<Send>): ReturnType<Send> {
  await letPass(10);
  return sendOne();
}

const inFrontOf = (index: number): Record<string, string> => ({
  "x-forwarded-for": `198.51.100.${index}, 10.0.0.${index}`,
  forwarded: `for=198.51.100.${index}`,
  "x-real-ip": `198.51.100.${index}`,
  "x-client-ip": `198.51.100.${index}`,
  "cf-connecting-ip": `198.51.100.${index}`,
  "true-client-ip": `198.51.100.${index}`,
});

describe("one address has three tries in ten seconds", () => {
  const LIMITED = [401, 401, 401, 429, 429, 429];

  test("whatever addresses the request names, without a proxy to trust", async () => {
    const send = await serve();
    expect(await statuses(6, (index) => send(WRONG, inFrontOf(index)))).toEqual(LIMITED);
  });

  test("whatever stands before the address that a trusted proxy appends", async () => {
    const send = await serve({ trustProxy: true });
    const behindProxy = (index: number) => send(WRONG, { ...inFrontOf(index), "x-forwarded-for": `198.51.100.${index}, 203.0.113.7` });
    expect(await statuses(6, behindProxy)).toEqual(LIMITED);
  });

  test("whatever header lines stand before the trusted proxy's", async () => {
    const send = await serve({ trustProxy: true });
    expect(await statuses(6, (index) => send(WRONG, { "x-forwarded-for": [`198.51.100.${index}`, "203.0.113.7"] }))).toEqual(LIMITED);
  });

  test("and of IPv6 one subscriber's whole network counts as one", async () => {
    const send = await serve({ trustProxy: true });
    expect(await statuses(6, (index) => send(WRONG, { "x-forwarded-for": `2001:db8:1:2::${index + 1}` }))).toEqual(LIMITED);
  });

  test("while two addresses behind the same proxy do not share them", async () => {
    const send = await serve({ trustProxy: true });
    expect(await statuses(6, (index) => send(WRONG, { "x-forwarded-for": `203.0.113.${index}` }))).toEqual([401, 401, 401, 401, 401, 401]);
  });

  test("in two processes together", async () => {
    const [one, other] = [await serve(), await serve()];
    expect(await statuses(6, (index) => (index % 2 ? one : other)(WRONG))).toEqual(LIMITED);
  });
});

describe("one account has ten wrong passwords from one address", () => {
  test("then one waits, longer each time, and both processes say so", async () => {
    const [one, other] = [await serve(), await serve()];
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries++) expect(await slowly(() => (tries % 2 ? one : other)(WRONG))).toMatchObject({ status: 401 });
    for (let rounds = 0; rounds < 3; rounds++) {
      const refusal = await slowly(() => one(WRONG));
      expect(refusal.status).toBe(429);
      waits.push(Math.ceil((refusal.waitSeconds + 10) / 60));
      await letPass(refusal.waitSeconds);
      expect(await other(WRONG)).toMatchObject({ status: 401 });
    }
    expect(waits).toEqual([1, 2, 4]);
  });

  test("also the right one has to wait then, from that address and no other", async () => {
    const send = await serve({ trustProxy: true });
    const from = (address: string, body: object) => send(body, { "x-forwarded-for": address });
    for (let tries = 0; tries < 10; tries++) await slowly(() => from("203.0.113.7", WRONG));
    expect(await slowly(() => from("203.0.113.7", ADA))).toMatchObject({ status: 429 });
    expect(await from("203.0.113.8", ADA)).toMatchObject({ status: 200 });
  });

  test("capitals make no other account, and an unknown address counts as a known one", async () => {
    const send = await serve();
    for (const email of ["ada@example.org", "nobody@example.org"]) {
      for (let tries = 0; tries < 10; tries++) await slowly(() => send({ ...WRONG, email: tries % 2 ? email : email.toUpperCase() }));
      const refusal = await slowly(() => send({ ...WRONG, email }));
      expect(refusal).toMatchObject({ status: 429 });
      expect(refusal.waitSeconds).toBeGreaterThan(10);
    }
  });

  test("signing in makes them free again", async () => {
    const send = await serve();
    for (let rounds = 0; rounds < 2; rounds++) {
      for (let tries = 0; tries < 9; tries++) expect(await slowly(() => send(WRONG))).toMatchObject({ status: 401 });
      expect(await slowly(() => send(ADA))).toMatchObject({ status: 200 });
    }
  });
});

describe("one account has fifty wrong passwords from all the world", () => {
  /** Each from an address of its own, as if a thousand machines were at it. */
  const guessFromEverywhere = (send: Send, count: number) => statuses(count, (index) => send(WRONG, { "x-forwarded-for": `198.51.100.${index}` }));

  test("then everybody waits", async () => {
    const send = await serve({ trustProxy: true });
    const answers = await guessFromEverywhere(send, 52);
    expect(answers.indexOf(429)).toBe(50);
    expect(await send(ADA, { "x-forwarded-for": "203.0.113.9" })).toMatchObject({ status: 429 });
  });

  test("but not where the person is signed in", async () => {
    const send = await serve({ trustProxy: true });
    expect(await send(ADA, { "x-forwarded-for": "203.0.113.9" })).toMatchObject({ status: 200 });
    await guessFromEverywhere(send, 1);
    // Checking 49 more passwords would only take time.
    await db.system.$executeRaw`update rate_limit set count = 50 where key ~ '^sign-in[|][^|]+$'`;
    expect(await send(ADA, { "x-forwarded-for": "203.0.113.9" })).toMatchObject({ status: 200 });
    expect(await send(ADA, { "x-forwarded-for": "203.0.113.10" })).toMatchObject({ status: 429 });
  });
});

test("no address that somebody typed stands in the database", async () => {
  const send = await serve();
  await send({ ...WRONG, email: "my-password@example.org" });
  expect(JSON.stringify(await db.system.rateLimit.findMany(), (_, value: unknown) => String(value))).not.toContain("my-password");
});
