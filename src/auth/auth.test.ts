import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";
import { type Auth, createAuth } from "./auth";
import { claimWithToken } from "./claim";
import { ensureSetupToken } from "./setup-token";

const BASE_URL = "http://localhost:3000";
const CREDENTIALS = { email: "ada@example.org", password: "correct horse battery" };

let testDatabase: TestDatabase;
let db: Database;
let auth: Auth;
let organizationId: string;
let addresses = 0;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = createDatabase(testDatabase.connection, { poolSize: 8, log: silentLog });
  auth = createAuth({ db, secret: "a secret of at least 32 characters, for tests", baseUrl: BASE_URL, log: silentLog });
  const token = (await ensureSetupToken(db)) ?? "";
  const claim = { ...CREDENTIALS, token, name: "Ada", organizationName: "Engines", timeZone: "UTC", samples: false };
  ({ organizationId } = await claimWithToken(db, claim, { clientAddress: "192.0.2.1", baseUrl: BASE_URL }));
});

afterAll(async () => {
  await db.close();
  await testDatabase.drop();
});

interface Call {
  method?: "GET" | "POST";
  body?: object;
  cookie?: string;
  origin?: string;
  /** A new one each time, so that the limits of one test do not reach another. */
  address?: string;
}

function call(path: string, { method = "POST", body = {}, cookie, origin = BASE_URL, address = `198.51.100.${++addresses}` }: Call = {}, to = auth) {
  const headers = new Headers({ "content-type": "application/json", origin, "x-forwarded-for": address });
  if (cookie) headers.set("cookie", cookie);
  return to.handler(new Request(`${BASE_URL}/api/auth${path}`, { method, headers, ...(method === "POST" && { body: JSON.stringify(body) }) }));
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

test("whoever claimed can sign in, and the session names the organization", async () => {
  const response = await call("/sign-in/email", { body: CREDENTIALS });
  expect(response.status).toBe(200);
  const session = await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(response) }) });
  expect(session).toMatchObject({ user: { email: CREDENTIALS.email }, session: { activeOrganizationId: organizationId } });
});

test("the session's token is in its cookie and nowhere in the answer", async () => {
  const response = await call("/sign-in/email", { body: CREDENTIALS });
  const { token } = await db.system.session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  expect(cookieOf(response)).toContain(token);
  const body = await response.text();
  expect(body).toContain(CREDENTIALS.email);
  expect(body).not.toContain(token);
});

test("a session ends when its person signs out", async () => {
  const cookie = cookieOf(await call("/sign-in/email", { body: CREDENTIALS }));
  expect((await call("/sign-out", { cookie })).status).toBe(200);
  expect(await auth.api.getSession({ headers: new Headers({ cookie }) })).toBeNull();
});

test("a forged cookie is no session", async () => {
  const cookie = cookieOf(await call("/sign-in/email", { body: CREDENTIALS }));
  for (const forged of [cookie.slice(0, -6), cookie.replace(/=.{4}/, "=AAAA"), "milkrun.session_token=x"]) {
    expect(await auth.api.getSession({ headers: new Headers({ cookie: forged }) })).toBeNull();
  }
});

test("a wrong password and an unknown address get the same answer", async () => {
  const wrong = await call("/sign-in/email", { body: { ...CREDENTIALS, password: "wrong horse battery" } });
  const unknown = await call("/sign-in/email", { body: { ...CREDENTIALS, email: "nobody@example.org" } });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await wrong.json()).toEqual(await unknown.json());
});

test("the cookie is for this site only, out of scripts' reach, and Secure exactly on https", async () => {
  const [cookie = ""] = (await call("/sign-in/email", { body: CREDENTIALS })).headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/i);
  const overHttps = createAuth({ db, secret: "a secret of at least 32 characters, for tests", baseUrl: "https://milkrun.example.org", log: silentLog });
  const answer = await call("/sign-in/email", { body: CREDENTIALS, origin: "https://milkrun.example.org" }, overHttps);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-.*Secure/i);
});

test("nobody can register, and the routes that would go past permissions and audit are closed", async () => {
  const cookie = cookieOf(await call("/sign-in/email", { body: CREDENTIALS }));
  const paths = ["/sign-up/email", "/organization/create", "/organization/invite-member", "/organization/update-member-role", "/organization/delete"];
  for (const path of [
    ...paths,
    "/get-session",
    "/list-sessions",
    "/update-user",
    "/change-password",
    "/delete-user",
    "/organization/set-active",
    "//sign-up/email",
    "/sign-up/email/",
  ]) {
    expect((await call(path, { cookie, body: { ...CREDENTIALS, name: "Eve", email: "eve@example.org" } })).status, path).toBe(404);
  }
  expect(await db.system.user.count()).toBe(1);
});

test("a request of another site is refused when it carries a session", async () => {
  const cookie = cookieOf(await call("/sign-in/email", { body: CREDENTIALS }));
  expect((await call("/sign-out", { cookie, origin: "https://evil.example" })).status).toBe(403);
  expect(await auth.api.getSession({ headers: new Headers({ cookie }) })).not.toBeNull();
});

test("guessing is slowed down for an address, in the database, so that all processes count together", async () => {
  const statuses: number[] = [];
  const other = createAuth({ db, secret: "a secret of at least 32 characters, for tests", baseUrl: BASE_URL, log: silentLog });
  for (let tries = 0; tries < 6; tries++) {
    const answer = await call(
      "/sign-in/email",
      { body: { ...CREDENTIALS, password: "wrong horse battery" }, address: "203.0.113.5" },
      tries % 2 ? auth : other,
    );
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
});

test("the database holds neither passwords nor anything that they could be read from", async () => {
  const { password } = await db.system.account.findFirstOrThrow();
  expect(password).toMatch(/^[0-9a-f]+:[0-9a-f]+$/);
});
