import { randomUUID } from "node:crypto";
import superjson from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Auth, shareAuth } from "@/auth/auth";
import { claimWithToken } from "@/auth/claim";
import { ensureSetupToken } from "@/auth/setup-token";
import { shareDatabase } from "@/db/client";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { shareApiWorld } from "@/testing/share-api-world";
import { handleApiRequest } from "./handle-request";

const BASE_URL = "http://localhost:3000";
const CREDENTIALS = { email: "ada@example.org", password: "correct horse battery" };

let world: ApiWorld;
let cookie: string;
let auth: Auth;

beforeAll(async () => {
  world = await createApiWorld();
  auth = shareApiWorld(world);
  const token = (await ensureSetupToken(world.db)) ?? "";
  const claim = { ...CREDENTIALS, token, name: "Ada", organizationName: "Engines", timeZone: "UTC", samples: false };
  await claimWithToken(world.db, claim, { clientAddress: "192.0.2.1", baseUrl: BASE_URL });
  const { headers } = await auth.api.signInEmail({ body: CREDENTIALS, returnHeaders: true });
  cookie = headers
    .getSetCookie()
    .map((entry) => entry.split(";")[0])
    .join("; ");
});

afterAll(() => world.close());

const get = (path: string, headers: Record<string, string> = { cookie }) => handleApiRequest(new Request(`${BASE_URL}/api/trpc/${path}`, { headers }));

function post(path: string, input: unknown, headers: Record<string, string> = {}) {
  const body = input === undefined ? undefined : JSON.stringify(superjson.serialize(input));
  const request = new Request(`${BASE_URL}/api/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie, ...headers },
    ...(body && { body }),
  });
  return handleApiRequest(request);
}

interface ErrorBody {
  error: { json: { message: string; data: Record<string, unknown> } };
}

const errorOf = async (response: Response) => ((await response.json()) as ErrorBody).error.json;

test("the session's cookie says who asks, and no answer is cached", async () => {
  const response = await get("member.me");
  expect(await response.json()).toMatchObject({
    result: { data: { json: { user: { email: CREDENTIALS.email }, organization: { name: "Engines" }, role: "owner" } } },
  });
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("without the cookie the answer is 401 with the typed refusal, and no stack", async () => {
  const response = await get("member.me", {});
  expect(response.status).toBe(401);
  const { message, data } = await errorOf(response);
  expect(message).toBe("You are signed out. Sign in to go on.");
  expect(data).toEqual({ code: "UNAUTHORIZED", httpStatus: 401, path: "member.me", appError: { code: "unauthenticated", details: {} }, fieldErrors: [] });
});

test("refused input names the field, for cron the field within the expression, and the message is for the person", async () => {
  const { message, data } = await errorOf(await post("schedule.update", { cronExpression: "0 25 * * *", timeZone: "UTC" }));
  expect(data).toMatchObject({ httpStatus: 400, appError: null, fieldErrors: [{ path: "cronExpression", message, cronField: "hour" }] });
});

test("once set-up is over it answers 410", async () => {
  const claim = {
    token: "x",
    name: "Eve",
    email: "eve@example.org",
    password: "correct horse battery",
    organizationName: "Eve",
    timeZone: "UTC",
    samples: false,
  };
  const response = await post("setup.claim", claim, { "x-forwarded-for": "192.0.2.9" });
  expect(response.status).toBe(410);
  expect((await errorOf(response)).data).toMatchObject({ appError: { code: "gone" } });
});

test("a batch of 10 is answered, one of 11 is not", async () => {
  const batch = (size: number) => get(`${Array(size).fill("setup.status").join(",")}?batch=1&input=%7B%7D`);
  expect((await batch(10)).status).toBe(200);
  expect((await batch(11)).status).toBe(400);
});

test.each(["multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded", undefined])(
  "a post of %s, which any site may send, is not carried out",
  async (contentType) => {
    const request = new Request(`${BASE_URL}/api/trpc/schedule.remove`, {
      method: "POST",
      headers: { cookie, ...(contentType && { "content-type": contentType }) },
      body: "{}",
    });
    if (!contentType) request.headers.delete("content-type");
    expect((await handleApiRequest(request)).status).toBe(415);
  },
);

test("a mutation cannot be made with GET", async () => {
  expect((await get(`run.cancel?input=${encodeURIComponent(JSON.stringify(superjson.serialize({ runId: randomUUID() })))}`)).status).toBe(405);
});

test("an aging session is renewed in the database and in the cookie", async () => {
  await world.db.system.$executeRaw`update session set expires_at = clock_timestamp() + interval '5 days'`;
  const [renewed] = (await get("member.me")).headers.getSetCookie();
  expect(renewed).toMatch(/^milkrun\.session_token=.*Max-Age=604800/);
  const { expiresAt } = await world.db.system.session.findFirstOrThrow();
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000);
});

test("run.events is a stream of events whose refusals have the same form as others", async () => {
  const input = encodeURIComponent(JSON.stringify(superjson.serialize({ runId: randomUUID() })));
  const response = await get(`run.events?input=${input}`, { cookie, accept: "text/event-stream" });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  // A proxy in front hands each event on at once.
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  expect(await response.text()).toMatch(/event: serialized-error\ndata: .*"appError":\{"code":"not_found"/);
});

test.each([
  ["in a procedure", () => shareDatabase({ ...world.db, withTenant: () => Promise.reject(new Error("select secret")) })],
  [
    "before any procedure",
    () => shareAuth({ ...auth, api: { ...auth.api, getSession: () => Promise.reject(new Error("select secret")) } as unknown as Auth["api"] }),
  ],
])("a fault %s shows nothing of itself, and the log has it under the id that is shown", async (_, breakIt) => {
  breakIt();
  const response = await get("member.me");
  shareDatabase(world.db);
  shareAuth(auth);
  const body = await response.text();
  expect(response.status).toBe(500);
  expect(body).not.toContain("secret");
  const [, errorId] = /tell the operator error (\w+)/.exec(body) ?? [];
  expect(world.logged.splice(0)).toMatchObject([{ level: "error", details: { errorId, err: { message: "select secret" } } }]);
});
