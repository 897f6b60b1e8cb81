import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "@/testing/bundle";
import { addressOf, createEmptyDatabase, type TestDatabase } from "@/testing/database";

let server: string;
let dataDir: string;
let database: TestDatabase;

beforeAll(async () => {
  server = await bundle("server", 'import "@/server";');
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-start-"));
  database = await createEmptyDatabase();
});

afterAll(async () => {
  await database.drop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  said: string;
}

/** Starts Milkrun with settings that it cannot start with. */
function start(settings: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [server], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", MILKRUN_DATA_DIR: dataDir, LOG_LEVEL: "info", ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((resolve) => {
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.once("close", (code) => resolve({ code, said }));
  });
}

describe("a start that cannot succeed ends with one sentence and a code that says so", () => {
  test.each<[string, () => Record<string, string>, RegExp]>([
    ["a wrong setting", () => ({ PORT: "http" }), /^PORT=http cannot be used: it must be a port number from 1 to 65535\. .*\n$/],
    [
      "a database server that is not there",
      () => ({ DATABASE_URL: "postgresql://milkrun:canary@127.0.0.1:1/milkrun" }),
      /^Milkrun cannot use the database of DATABASE_URL: nothing listens there; start the server, or correct the host and port\.\n$/,
    ],
    [
      "a wrong password",
      () => ({ DATABASE_URL: addressOf({ ...database.ownerConnection, password: "canary" }) }),
      /^Milkrun cannot use the database of DATABASE_URL: the user or the password is wrong; .*\n$/,
    ],
  ])("%s", async (_what, settings, sentence) => {
    const { code, said } = await start(settings());
    expect(said).toMatch(sentence);
    expect(said).not.toContain("canary");
    expect(code).toBe(1);
  });
});
