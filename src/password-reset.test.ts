import { execFile } from "node:child_process";
import os from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resetPassword } from "@/auth/password-reset";
import { createDatabase, type Database } from "@/db/client";
import { bundle } from "@/testing/bundle";
import { addressOf, createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";

let program: string;
let database: TestDatabase;
let db: Database;
let organization: TestOrganization;

beforeAll(async () => {
  program = await bundle("password-reset", 'import "@/password-reset";');
  database = await createTestDatabase();
  db = createDatabase(database.connection, { poolSize: 2, log: silentLog });
  organization = await createOrganization(db);
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

interface Ended {
  code: number;
  printed: string;
  complained: string;
}

function run(args: string[], settings: Record<string, string> = {}): Promise<Ended> {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production" as const,
    BASE_URL: "https://milkrun.example.org",
    DATABASE_URL: addressOf(database.connection),
    ...settings,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, printed, complained) => {
      resolve({ code: Number(error?.code ?? 0), printed, complained });
    });
  });
}

test("whoever runs Milkrun gets a link that sets a new password, and the organization's audit says so", async () => {
  const { code, printed } = await run([`${organization.userId}@Example.org`]);
  expect(code).toBe(0);
  expect(printed).toContain("Give this link to Ada Lovelace and nobody else.");
  const [, token = ""] = /https:\/\/milkrun\.example\.org\/reset\?token=([\w-]{43})\n/.exec(printed) ?? [];
  await resetPassword(db, { token, password: "a new horse battery" });
  const actions = await db.system.auditEntry.findMany({ orderBy: { id: "asc" }, select: { action: true, actorName: true } });
  expect(actions).toEqual([
    { action: "member.resetLink", actorName: "The operator" },
    { action: "account.resetPassword", actorName: "Ada Lovelace" },
  ]);
});

test.each<[string, string[], Record<string, string>, string]>([
  ["no address", [], {}, "Say whose password: npm run password:reset -- ada@example.org"],
  ["an address that nobody has", ["nobody@example.org"], {}, "Nobody here has the e-mail address nobody@example.org. Nothing was changed."],
  ["a Milkrun that does not run", ["a@example.org"], { DATABASE_URL: "", MILKRUN_DATA_DIR: os.tmpdir() }, "No Milkrun runs on"],
])("%s is told in one sentence", async (_what, args, settings, sentence) => {
  const { code, printed, complained } = await run(args, settings);
  expect({ code, printed }).toEqual({ code: 1, printed: "" });
  expect(complained).toMatch(/^[^\n]+\n$/);
  expect(complained).toContain(sentence);
});
