import { randomUUID } from "node:crypto";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimWithToken } from "@/auth/claim";
import { ensureSetupToken } from "@/auth/setup-token";
import { INVALID_KEY, KEY_SCOPES } from "@/domain/api-key";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { shareApiWorld } from "@/testing/share-api-world";
import { createContext } from "./context";
import { handleApiRequest } from "./handle-request";

const BASE_URL = "http://localhost:3000";
const CREDENTIALS = { email: "ada@example.org", password: "correct horse battery" };

let world: ApiWorld;
/** Of the owner of another organization than the keys'. */
let cookie: string;

beforeAll(async () => {
  world = await createApiWorld();
  const auth = shareApiWorld(world);
  const claim = { ...CREDENTIALS, token: (await ensureSetupToken(world.db)) ?? "", name: "Ada", organizationName: "Engines", timeZone: "UTC", samples: false };
  await claimWithToken(world.db, claim, { clientAddress: "192.0.2.1", baseUrl: BASE_URL });
  const { headers } = await auth.api.signInEmail({ body: CREDENTIALS, returnHeaders: true });
  cookie = headers
    .getSetCookie()
    .map((entry) => entry.split(";")[0])
    .join("; ");
});

afterAll(() => world.close());

interface Call {
  token: string;
  path?: string;
  input?: unknown;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** A new one each time, so that the limits of one test do not reach another. */
  address?: string;
}

let addresses = 0;
const newAddress = () => `198.18.${addresses >> 8}.${addresses++ & 255}`;

function call({ token, path = "item.list", input = {}, method = "GET", headers = {}, address = newAddress() }: Call) {
  const text = JSON.stringify(superjson.serialize(input));
  const url = `${BASE_URL}/api/trpc/${path}${method === "GET" ? `?input=${encodeURIComponent(text)}` : ""}`;
  const all = { authorization: `Bearer ${token}`, "x-forwarded-for": address, ...(method === "POST" && { "content-type": "application/json" }), ...headers };
  return handleApiRequest(new Request(url, { method, headers: all, ...(method === "POST" && { body: text }) }));
}

interface ErrorBody {
  error: { json: { message: string; data: { appError: object | null; httpStatus: number } } };
}

const errorOf = async (response: Response) => ((await response.json()) as ErrorBody).error.json;

const newKey = async () => world.key(await world.organization(), [...KEY_SCOPES]);
const stored = (id: string) => world.db.system.apiKey.findUniqueOrThrow({ where: { id } });

describe("a request with a valid key", () => {
  test("is answered as its organization's, reading and changing, and sets no cookie", async () => {
    const { token } = await newKey();
    const created = await call({ token, method: "POST", path: "preset.create", input: { name: "By a program", sourceIds: [] } });
    expect(created.status).toBe(200);
    const listed = await call({ token, path: "preset.list" });
    expect(await listed.text()).toContain("By a program");
    expect([...created.headers.getSetCookie(), ...listed.headers.getSetCookie()]).toEqual([]);
    expect(listed.headers.get("cache-control")).toBe("no-store");
  });

  test("counts as the key's alone, whatever cookie comes with it", async () => {
    const { token } = await newKey();
    const refused = await call({ token, path: "member.me", headers: { cookie } });
    expect(refused.status).toBe(403);
    expect((await errorOf(refused)).message).toBe("API keys may not do this. Nothing was changed. A person has to do it, signed in.");
    const control = await handleApiRequest(new Request(`${BASE_URL}/api/trpc/member.me`, { headers: { cookie } }));
    expect(control.status).toBe(200);
  });

  test("is noted with its address, once a minute at most", async () => {
    const { id, token } = await newKey();
    await call({ token, address: "192.0.2.7" });
    const first = await stored(id);
    expect(first).toMatchObject({ lastUsedAt: expect.any(Date), lastUsedAddress: "192.0.2.7" });
    await call({ token, address: "192.0.2.8" });
    expect(await stored(id)).toEqual(first);
    await world.db.system.$executeRaw`update api_key set last_used_at = last_used_at - interval '61 seconds' where id = ${id}::uuid`;
    await call({ token, address: "192.0.2.8" });
    expect(await stored(id)).toMatchObject({ lastUsedAddress: "192.0.2.8" });
  });
});

describe("a key that is not valid", () => {
  test.each<[string, (key: { id: string; token: string }) => Promise<string>]>([
    ["unknown", async ({ token }) => `${token.slice(0, -4)}AAAA`],
    ["malformed", async () => "mr_1"],
    [
      "revoked",
      async ({ id, token }) => {
        await world.db.system.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
        return token;
      },
    ],
    [
      "expired",
      async ({ id, token }) => {
        await world.db.system.apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
        return token;
      },
    ],
  ])("because it is %s is refused with the same words, also with the cookie of somebody who may", async (_, spoil) => {
    const key = await newKey();
    expect((await call(key)).status).toBe(200);
    const token = await spoil(key);
    for (const headers of [{}, { cookie }] as Record<string, string>[]) {
      const response = await call({ token, headers });
      expect(response.status).toBe(401);
      expect(await errorOf(response)).toMatchObject({ message: INVALID_KEY, data: { appError: { code: "unauthenticated" } } });
    }
  });

  test("is answered with 429 after 30 tries of an address in a minute, which keeps no valid key out", async () => {
    const address = newAddress();
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries++) statuses.push((await call({ token: "mr_guess", address })).status);
    expect(statuses).toEqual([...Array<number>(30).fill(401), 429]);
    expect((await call({ ...(await newKey()), address })).status).toBe(200);
    expect((await call({ token: "mr_guess" })).status).toBe(401);
  });
});

test("a key is good for 600 requests a minute in all processes together, and then says when to come back", async () => {
  const key = await newKey();
  expect((await call(key)).status).toBe(200);
  await world.db.system.rateLimit.update({ where: { key: `api-key|${key.id}` }, data: { count: 599 } });
  expect((await call(key)).status).toBe(200);
  const refused = await call(key);
  expect(refused.status).toBe(429);
  const seconds = Number(refused.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(30);
  expect(seconds).toBeLessThanOrEqual(60);
  expect((await errorOf(refused)).message).toBe(`This API key was used more than 600 times within a minute. Nothing was changed. Try again in ${seconds} s.`);
  expect((await call(await newKey())).status, "another key").toBe(200);
});

test.each(["Basic YWRhOnNlY3JldA==", "Bearer eyJhbGciOiJIUzI1NiJ9", ""])(
  "what a proxy puts into the header, %j, is no key: the cookie counts",
  async (authorization) => {
    const response = await handleApiRequest(new Request(`${BASE_URL}/api/trpc/member.me`, { headers: { cookie, authorization } }));
    expect(response.status).toBe(200);
  },
);

test("pages, which are for people, do not look at keys", async () => {
  const { token } = await newKey();
  const headers = new Headers({ authorization: `Bearer ${token}`, cookie });
  expect(await createContext({ headers })).toMatchObject({ apiKey: null, session: { userId: expect.any(String) } });
});

test("a key follows a run until it is revoked", async () => {
  const organization = await world.organization();
  const key = await world.key(organization, ["run"]);
  const program = world.caller({ id: key.id, organizationId: key.organizationId });
  const { runId } = await program.run.start({ requestKey: randomUUID(), presetId: organization.presetId });
  const events = (await program.run.events({ runId }))[Symbol.asyncIterator]();
  expect((await events.next()).done).toBe(false);
  await world.db.system.apiKey.update({ where: { id: key.id }, data: { revokedAt: new Date() } });
  await world.caller(organization.session).run.cancel({ runId });
  await expect(events.next()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
