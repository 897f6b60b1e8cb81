import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readOrCreateSecretFile, readSecret } from "./secret-file";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-secret-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test("a secret is made once and can be read by its owner only", () => {
  const file = path.join(folder, "deep", "secret");
  const first = readOrCreateSecretFile(file);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(readOrCreateSecretFile(file)).toBe(first);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(path.dirname(file))).toEqual(["secret"]);
});

test("a configured secret wins over the generated one", () => {
  expect(readSecret({ MILKRUN_SECRET: "x".repeat(32), MILKRUN_DATA_DIR: folder })).toBe("x".repeat(32));
  expect(fs.existsSync(path.join(folder, "secret"))).toBe(false);
});

test.runIf(process.getuid?.() === 0)("a secret that root makes in somebody's folder is theirs", () => {
  const theirs = path.join(folder, "theirs");
  fs.mkdirSync(theirs);
  fs.chownSync(theirs, 1234, 1234);
  readOrCreateSecretFile(path.join(theirs, "secret"));
  expect(fs.statSync(path.join(theirs, "secret"))).toMatchObject({ uid: 1234, gid: 1234 });
});
