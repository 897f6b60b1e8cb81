import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deriveAppLogin } from "@/db/app-role";
import { withClient } from "@/db/connect";
import { bundle } from "@/testing/bundle";
import { addressOf, createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { makeClusterFolder, startOwnCluster } from "@/testing/own-cluster";

let program: string;
let dataDir: string;
let target: TestDatabase;

beforeAll(async () => {
  const text = 'import { moveDatabase } from "@/move-database";\nawait moveDatabase(process.argv.slice(2));';
  [program, target] = await Promise.all([bundle("move-database", text), createEmptyDatabase()]);
  dataDir = makeClusterFolder();
});

afterAll(async () => {
  await target.drop();
  const roles = [deriveAppLogin(target.ownerConnection.database, "").user];
  await withClient({ ...target.ownerConnection, database: "postgres" }, async (client) => {
    for (const role of roles) await client.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  });
  fs.rmSync(dataDir, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  said: string;
}

/** Runs `npm run database:move` to its end. */
function run(args: string[], settings: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", MILKRUN_DATA_DIR: dataDir, MILKRUN_POSTGRES_DIR: dataDir, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.once("close", (code) => resolve({ code, said }));
  });
}

const address = () => addressOf(target.ownerConnection);

test.each<[string, () => string[], string]>([
  ["no database to move to", () => [], "Which database to move to? To say it, set DATABASE_URL to it in .env and run npm run database:move, or"],
  ["two of them", () => [address(), address()], "One address is enough."],
  ["something else", () => ["--all"], "These arguments cannot be used: --all."],
  ["an address that is none", () => ["db.internal"], "DATABASE_URL cannot be used: it must be an address like postgresql://"],
  ["a folder without a database", () => [address()], "so there is nothing to move. Check MILKRUN_DATA_DIR."],
])("%s is told in one sentence", async (_what, args, sentence) => {
  const { code, said } = await run(args());
  expect({ code, lines: said.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
  expect(said).toContain(sentence);
  expect(fs.existsSync(path.join(dataDir, "pg18"))).toBe(false);
});

test("npm run database:move waits for no running Milkrun, moves what a stopped one has, says what to do then, and leaves the old database to start on", async () => {
  const cluster = await startOwnCluster(dataDir);
  const { orgId } = await createOrganization(cluster.db);
  expect(await run([address()])).toEqual({ code: 1, said: expect.stringContaining("Another Milkrun is already running on") });
  await cluster.stop();

  const moved = await run([], { DATABASE_URL: address() });
  expect(moved.code).toBe(0);
  const sentences = ["public.organization: 1 row\n", "Both sides were compared and hold the same.", `${dataDir}/secret and ${dataDir}/encryption-keys`];
  for (const sentence of sentences) expect(moved.said).toContain(sentence);
  expect(fs.existsSync(path.join(dataDir, "pg18", "postmaster.pid"))).toBe(false);
  const { rows } = await withClient(target.ownerConnection, (client) => client.query("select id from organization"));
  expect(rows).toEqual([{ id: orgId }]);

  const nowhere = addressOf({ ...target.ownerConnection, database: "nowhere" });
  expect(await run([nowhere])).toEqual({ code: 1, said: expect.stringMatching(/^Milkrun cannot use .*: the database does not exist; create it .*\n$/) });
  expect(await run([address()])).toEqual({ code: 1, said: expect.stringContaining("It is not overwritten and nothing was moved") });
  const again = await startOwnCluster(dataDir);
  expect(await again.db.system.organization.count()).toBe(1);
  await again.stop();
}, 120_000);
