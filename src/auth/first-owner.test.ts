import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { verifyPassword } from "better-auth/crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { StartError } from "@/config/start-error";
import { createDatabase, type Database } from "@/db/client";
import { isClaimed } from "@/db/setup";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { silentLog } from "@/testing/silent-log";
import { claimForFirstOwner, type FirstOwnerSettings } from "./first-owner";
import { ensureSetupToken } from "./setup-token";

const PASSWORD = "correct horse battery";
const SETTINGS: FirstOwnerSettings = {
  BASE_URL: "http://localhost:3000",
  MILKRUN_OWNER_EMAIL: "Ada@example.org",
  MILKRUN_OWNER_PASSWORD: PASSWORD,
  MILKRUN_OWNER_PASSWORD_FILE: undefined,
  MILKRUN_ORGANIZATION: "Analytical Engines",
  MILKRUN_TIME_ZONE: "Europe/London",
};

let testDatabase: TestDatabase;
let db: Database;
let folder: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = createDatabase(testDatabase.connection, { poolSize: 8, log: silentLog });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-first-owner-"));
});

afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await db.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await db.system.organization.deleteMany();
  await db.system.user.deleteMany();
  await db.system.installation.update({ where: { id: 1 }, data: { claimedAt: null, setupTokenHash: null } });
});

const claim = (settings: Partial<FirstOwnerSettings> = {}) => claimForFirstOwner(db, { ...SETTINGS, ...settings });

const passwordWorks = async (password: string) => {
  const account = await db.system.account.findFirstOrThrow();
  return verifyPassword({ hash: account.password ?? "", password });
};

test("a new installation is set up for the owner that the settings name, and its link is worthless", async () => {
  const token = await ensureSetupToken(db);
  expect(token).not.toBeNull();
  expect(await claim()).toBe(true);
  const member = await db.system.member.findFirstOrThrow({ include: { user: true, organization: true } });
  expect(member).toMatchObject({
    role: "owner",
    user: { email: "ada@example.org", name: "Ada" },
    organization: { name: "Analytical Engines", timeZone: "Europe/London" },
  });
  expect(await passwordWorks(PASSWORD)).toBe(true);
  expect(await ensureSetupToken(db)).toBeNull();
  expect(await db.system.auditEntry.findMany()).toMatchObject([{ action: "setup.claim" }]);
});

test("the password may stand in a file, whose last line break is no part of it", async () => {
  const file = path.join(folder, "password");
  fs.writeFileSync(file, `${PASSWORD}\n`);
  await claim({ MILKRUN_OWNER_PASSWORD: undefined, MILKRUN_OWNER_PASSWORD_FILE: file });
  expect(await passwordWorks(PASSWORD)).toBe(true);
});

test("of eight processes at once one sets it up, and the others are content", async () => {
  const results = await Promise.all(Array.from({ length: 8 }, () => claim()));
  expect(results.filter(Boolean)).toHaveLength(1);
  expect(await db.system.user.count()).toBe(1);
});

test("without the settings nothing is set up", async () => {
  expect(await claim({ MILKRUN_OWNER_EMAIL: undefined, MILKRUN_OWNER_PASSWORD: undefined })).toBe(false);
  expect(await isClaimed(db.system)).toBe(false);
});

test("once somebody has claimed it nothing changes, and a password that is gone or too short no longer matters", async () => {
  await claim();
  expect(await claim({ MILKRUN_OWNER_PASSWORD: "another password" })).toBe(false);
  expect(await claim({ MILKRUN_OWNER_PASSWORD: "short" })).toBe(false);
  expect(await claim({ MILKRUN_OWNER_PASSWORD: undefined, MILKRUN_OWNER_PASSWORD_FILE: "/gone" })).toBe(false);
  expect(await passwordWorks(PASSWORD)).toBe(true);
});

test.each<[string, Partial<FirstOwnerSettings>, string]>([
  ["no address", { MILKRUN_OWNER_EMAIL: undefined }, "MILKRUN_OWNER_EMAIL is missing"],
  ["no password", { MILKRUN_OWNER_PASSWORD: undefined }, "set MILKRUN_OWNER_PASSWORD or MILKRUN_OWNER_PASSWORD_FILE"],
  ["two passwords", { MILKRUN_OWNER_PASSWORD_FILE: "/run/secrets/password" }, "are both set"],
  ["a short password", { MILKRUN_OWNER_PASSWORD: "canary" }, "MILKRUN_OWNER_PASSWORD cannot be used: Use at least 10 characters."],
  ["a file that is not there", { MILKRUN_OWNER_PASSWORD: undefined, MILKRUN_OWNER_PASSWORD_FILE: "/gone" }, "/gone cannot be read"],
  ["no such time zone", { MILKRUN_TIME_ZONE: "Europe/Atlantis" }, "MILKRUN_TIME_ZONE cannot be used"],
])("%s: the start is refused with a sentence that holds no secret, and nothing is set up", async (_what, settings, sentence) => {
  const refusal = await claim(settings).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StartError);
  expect(refusal).toMatchObject({ message: expect.stringContaining(sentence) });
  expect(String(refusal)).not.toContain("canary");
  expect(await isClaimed(db.system)).toBe(false);
});
