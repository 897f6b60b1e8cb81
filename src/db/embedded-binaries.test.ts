import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyBinaries } from "./embedded-binaries";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-binaries-"));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

test("programs that were installed with a strict umask are for everybody where they are copied to", () => {
  const bin = path.join(folder, "package", "native", "bin");
  fs.mkdirSync(bin, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(folder, "package", "package.json"), JSON.stringify({ version: "1.0.0" }), { mode: 0o600 });
  fs.writeFileSync(path.join(bin, "postgres"), "", { mode: 0o700 });
  fs.writeFileSync(path.join(bin, "postgres.bki"), "", { mode: 0o600 });
  fs.chmodSync(bin, 0o700);
  const copy = copyBinaries(path.join(folder, "package"), path.join(folder, "copies"));
  const modeOf = (...names: string[]) => fs.statSync(path.join(copy, ...names)).mode & 0o777;
  expect([modeOf(), modeOf("native", "bin"), modeOf("native", "bin", "postgres")]).toEqual([0o755, 0o755, 0o755]);
  expect([modeOf("package.json"), modeOf("native", "bin", "postgres.bki")]).toEqual([0o644, 0o644]);
});
