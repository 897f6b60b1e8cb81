import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encryptionKeySource } from "@/config/encryption-key-source";
import { parseEncryptionKeys } from "@/config/encryption-keys";
import { createDatabase } from "@/db/client";
import { openKeyRing } from "@/db/open-key-ring";
import { readSourceHeaders } from "@/db/source-headers";
import { createSourceWithHeaders } from "@/db/sources";
import { bundle } from "@/testing/bundle";
import { addressOf, createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";

const URL = "https://example.org/feed.xml";

let program: string;
let server: string;
let dataDir: string;
let database: TestDatabase;

beforeAll(async () => {
  const text = 'import { rotateSecrets } from "@/rotate-secrets";\nawait rotateSecrets(process.argv.slice(2));';
  [program, server, database] = await Promise.all([
    bundle("rotate-secrets", text),
    bundle("rotate-secrets-server", 'import "@/server";'),
    createTestDatabase(),
  ]);
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-rotate-"));
});

afterAll(async () => {
  await database.drop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  said: string;
}

/** Runs a program of Milkrun to its end, on the test's database and data directory. */
function run(file: string, ...args: string[]): Promise<Ended> {
  const settings = { DATABASE_URL: addressOf(database.ownerConnection), MILKRUN_DATA_DIR: dataDir, MILKRUN_ROLES: "worker", LOG_LEVEL: "silent" };
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.once("close", (code) => resolve({ code, said }));
  });
}

const keyFile = () => path.join(dataDir, "encryption-keys");
const keyIds = () => parseEncryptionKeys(fs.readFileSync(keyFile(), "utf8"))?.map(({ id }) => id);
const source = () => encryptionKeySource({ MILKRUN_ENCRYPTION_KEYS: undefined, MILKRUN_ENCRYPTION_KEYS_FILE: undefined, MILKRUN_DATA_DIR: dataDir });

test("npm run secrets:rotate goes over to a new key beside a running process, then drops the old one, and says what it did", async () => {
  expect(await run(program)).toEqual({ code: 1, said: "This installation has no encryption key yet. Start Milkrun once, which makes one.\n" });
  const db = createDatabase(database.connection, { poolSize: 2, log: silentLog, keys: await openKeyRing(database.connection, source()) });
  const { orgId, userId } = await createOrganization(db);
  const definition = { name: "Feed", kind: "feed" as const, url: URL, config: {} };
  const headers = [{ name: "X-Key", value: "secret" }];
  const { id: sourceId } = await db.withTenant(orgId, (tx) => createSourceWithHeaders(tx, orgId, { definition, headers }, { userId, keys: db.keys }));
  const [old] = keyIds() ?? [];

  const rotated = await run(program);
  expect(rotated).toEqual({ code: 0, said: expect.stringMatching(new RegExp(`^Encrypted 1 secret with the key \\w+\\. Nothing needs ${old} any more`)) });
  expect(keyIds()).toHaveLength(2);
  expect(fs.statSync(keyFile()).mode & 0o777).toBe(0o600);
  const open = await db.withSystem((tx) => readSourceHeaders(tx, db.keys, orgId, [sourceId]));
  expect(open({ sourceId, url: URL })).toEqual({ ok: true, headers: { "X-Key": "secret" } });
  expect(await run(program, "--drop-old")).toEqual({ code: 0, said: `Removed ${old} from ${keyFile()}.\n` });
  expect(keyIds()).toHaveLength(1);
  expect(keyIds()).not.toContain(old);
  await db.close();
});

test("a server whose key is gone refuses to start, naming the key and what to do, until what only it can read is given up", async () => {
  const [lost] = keyIds() ?? [];
  fs.rmSync(keyFile());
  const refused = await run(server);
  expect(refused.code).toBe(1);
  expect(refused.said).toMatch(
    new RegExp(`^The database holds secrets that were encrypted with the key ${lost}, which is not in ${keyFile()}: put it there, from a backup or .*\\n$`),
  );
  expect(fs.existsSync(keyFile())).toBe(false);
  expect(await run(program)).toMatchObject({ code: 1, said: refused.said });
  expect(await run(program, "--discard-lost")).toEqual({ code: 0, said: expect.stringContaining("Removed the headers that could not be read any more (1).") });
  expect(await run(program, "--drop-old")).toEqual({ code: 0, said: "There is no old key to remove.\n" });
});

test("arguments that mean nothing are answered with what to write", async () => {
  expect(await run(program, "--all")).toEqual({
    code: 1,
    said: expect.stringMatching(/^These arguments cannot be used: --all\. Write: npm run secrets:rotate,/),
  });
});
