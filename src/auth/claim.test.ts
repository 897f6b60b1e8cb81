import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { isClaimed } from "@/db/setup";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";
import { claimWithToken } from "./claim";
import { ensureSetupToken } from "./setup-token";

let testDatabase: TestDatabase;
let db: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = createDatabase(testDatabase.connection, { poolSize: 8, log: silentLog });
});

afterAll(async () => {
  await db.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await db.system.preset.deleteMany();
  await db.system.organization.deleteMany();
  await db.system.user.deleteMany();
  await db.system.installation.update({ where: { id: 1 }, data: { claimedAt: null, setupTokenHash: null } });
});

async function getToken(): Promise<string> {
  const token = await ensureSetupToken(db);
  if (!token) throw new Error("The installation is claimed.");
  return token;
}

function claim(token: string, { samples = false, clientAddress = randomUUID() as string } = {}) {
  const person = { name: "Ada Lovelace", email: "ada@example.org", password: "correct horse battery", organizationName: "Analytical Engines" };
  return claimWithToken(db, { ...person, token, timeZone: "Europe/London", samples }, { clientAddress, baseUrl: "http://localhost:3000" });
}

const counts = async () => ({ users: await db.system.user.count(), organizations: await db.system.organization.count() });

test("a claim makes the owner and the organization, closes set-up and leaves a trace in the audit", async () => {
  const { organizationId } = await claim(await getToken());
  const member = await db.system.member.findFirstOrThrow({ include: { user: true, organization: true } });
  expect(member).toMatchObject({ role: "owner", organizationId, user: { email: "ada@example.org" }, organization: { timeZone: "Europe/London" } });
  expect(await db.system.auditEntry.findMany()).toMatchObject([{ action: "setup.claim", actorName: "Ada Lovelace" }]);
  expect(await db.system.installation.findUnique({ where: { id: 1 } })).toMatchObject({ setupTokenHash: null });
  expect(await isClaimed(db.system)).toBe(true);
  expect(await ensureSetupToken(db)).toBeNull();
});

test("the samples, when wanted, are a preset of three sources", async () => {
  await claim(await getToken(), { samples: true });
  const presets = await db.system.preset.findMany({ include: { sources: { include: { source: true }, orderBy: { position: "asc" } } } });
  expect(presets.map(({ name, sources }) => ({ name, kinds: sources.map(({ source }) => source.kind) }))).toEqual([
    { name: "Samples", kinds: ["feed", "json_api", "html_page"] },
  ]);
});

test("a second claim is told that set-up is over, whatever its token", async () => {
  const token = await getToken();
  await claim(token);
  await expect(claim(token)).rejects.toMatchObject({ code: "gone" });
  await expect(claim("another token")).rejects.toMatchObject({ code: "gone" });
  expect(await counts()).toEqual({ users: 1, organizations: 1 });
});

test("of five claims at once one succeeds and the others are told that set-up is over", async () => {
  const token = await getToken();
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => claim(token)));
  const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  expect(refusals).toEqual(["gone", "gone", "gone", "gone"]);
  expect(await counts()).toEqual({ users: 1, organizations: 1 });
});

test("a wrong token sets nothing up", async () => {
  await getToken();
  for (const token of ["x", "", randomUUID()]) await expect(claim(token)).rejects.toMatchObject({ code: "forbidden" });
  expect(await counts()).toEqual({ users: 0, organizations: 0 });
});

test("a new start makes the link before it worthless", async () => {
  const old = await getToken();
  const current = await getToken();
  await expect(claim(old)).rejects.toMatchObject({ code: "forbidden" });
  await expect(claim(current)).resolves.toBeDefined();
});

test("while no token was made yet, none is right", async () => {
  await expect(claim("")).rejects.toMatchObject({ code: "forbidden" });
});

test("the database holds no token, only its hash", async () => {
  const token = await getToken();
  const stored = await db.system.installation.findUniqueOrThrow({ where: { id: 1 } });
  expect(stored.setupTokenHash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(stored)).not.toContain(token);
});

test("after five tries within a minute an address has to wait, others do not", async () => {
  const token = await getToken();
  const clientAddress = "192.0.2.7";
  for (let tries = 0; tries < 5; tries++) await expect(claim("wrong", { clientAddress })).rejects.toMatchObject({ code: "forbidden" });
  await expect(claim(token, { clientAddress })).rejects.toMatchObject({ code: "rate_limited" });
  await db.system.$executeRaw`update rate_limit set last_request = last_request - 60000 where key like ${`%${clientAddress}`}`;
  await expect(claim("wrong", { clientAddress })).rejects.toMatchObject({ code: "forbidden" });
  await expect(claim(token, { clientAddress: "192.0.2.8" })).resolves.toBeDefined();
});

test("a claim that fails half-way leaves nothing behind", async () => {
  const token = await getToken();
  await db.system.user.create({ data: { name: "Somebody", email: "ada@example.org" } });
  await expect(claim(token)).rejects.toThrow();
  expect(await counts()).toEqual({ users: 1, organizations: 0 });
  expect(await isClaimed(db.system)).toBe(false);
});
