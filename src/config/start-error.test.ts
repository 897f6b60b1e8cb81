import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readOrCreateSecretFile } from "./secret-file";
import { describeStartError } from "./start-error";

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}

test("a data folder that is a file is named, with what to do, and without a stack", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-start-error-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, "data");
  fs.writeFileSync(file, "");
  expect(describeStartError(thrownBy(() => readOrCreateSecretFile(path.join(file, "secret"))))).toBe(
    `Milkrun cannot use ${file}: a file is there where a folder is to be: remove it, or set MILKRUN_DATA_DIR to another folder.`,
  );
});

test.each([
  ["EROFS", "the file system is read-only: make it writable"],
  ["EACCES", "this user may not: give it the right to read and write there"],
  ["ENOSPC", "the disk is full: make room"],
])("a folder that cannot be written (%s) is named, with what to do, and without a stack", (code, reason) => {
  const error = Object.assign(new Error(code), { code, syscall: "mkdir", path: "/data" });
  expect(describeStartError(error)).toBe(`Milkrun cannot use /data: ${reason}, or set MILKRUN_DATA_DIR to another folder.`);
});

test("an error that is not of a file is told with its stack", () => {
  expect(describeStartError(Object.assign(new Error("no"), { code: "EACCES" }))).toMatch(/^Milkrun could not start: Error: no\n {4}at /);
});
